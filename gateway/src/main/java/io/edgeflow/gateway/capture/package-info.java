/**
 * What adapters hand to the recorder: messages and polled values, and the answer to when they are
 * safe.
 */
@NullMarked
package io.edgeflow.gateway.capture;

import org.jspecify.annotations.NullMarked;
