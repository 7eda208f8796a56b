@NullMarked
package io.edgeflow.gateway.buffer;

import org.jspecify.annotations.NullMarked;
