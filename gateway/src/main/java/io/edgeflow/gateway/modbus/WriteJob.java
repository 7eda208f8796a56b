package io.edgeflow.gateway.modbus;

import java.util.function.Consumer;

/**
 * A write that waits for its device's thread.
 *
 * @param done called exactly once, with what became of it
 */
record WriteJob(RegisterWrite write, boolean readBack, Consumer<WriteResult> done) {}
