/**
 * Modbus units that answer as devices do, and as they should not: slow, never, in half frames, with
 * foreign ids, with exceptions. Over TCP, and as RTU frames over TCP. Nothing here shares code with
 * the gateway that is tried on it.
 */
@NullMarked
package io.edgeflow.lab.slaves;

import org.jspecify.annotations.NullMarked;
