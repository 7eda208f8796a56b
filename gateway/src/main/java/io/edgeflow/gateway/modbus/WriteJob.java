package io.edgeflow.gateway.modbus;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A write that waits for its line's thread.
 *
 * @param unit whom to tell, 0..255
 * @param wanted asked when its turn has come: if not, it is not written
 * @param done called exactly once, with what became of it
 */
record WriteJob(
    int unit,
    RegisterWrite write,
    boolean readBack,
    BooleanSupplier wanted,
    Consumer<WriteResult> done) {}
