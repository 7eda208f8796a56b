/** The command line of the buffer: what a data directory holds, and what of it should be sent. */
@NullMarked
package io.edgeflow.gateway.buffer;

import org.jspecify.annotations.NullMarked;
