@NullMarked
package io.edgeflow.gateway.source;

import org.jspecify.annotations.NullMarked;
