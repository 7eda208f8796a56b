@NullMarked
package io.edgeflow.gateway.payload;

import org.jspecify.annotations.NullMarked;
