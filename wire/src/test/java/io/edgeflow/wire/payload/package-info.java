@NullMarked
package io.edgeflow.wire.payload;

import org.jspecify.annotations.NullMarked;
