/** Topics and payloads in, readings out. Pure: no clock, no I/O, no series registry. */
@NullMarked
package io.edgeflow.wire.payload;

import org.jspecify.annotations.NullMarked;
