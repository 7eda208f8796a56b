/** Tests of the state machine between adapters and recorder. */
@NullMarked
package io.edgeflow.gateway.capture;

import org.jspecify.annotations.NullMarked;
