@NullMarked
package io.edgeflow.gateway.clock;

import org.jspecify.annotations.NullMarked;
