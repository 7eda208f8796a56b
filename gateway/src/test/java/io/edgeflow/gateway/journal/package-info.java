@NullMarked
package io.edgeflow.gateway.journal;

import org.jspecify.annotations.NullMarked;
