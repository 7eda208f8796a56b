@NullMarked
package io.edgeflow.gateway.scoring;

import org.jspecify.annotations.NullMarked;
