package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.clock.OsSync;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clocks of this machine and what bounds their credit (T1, T2).
 *
 * @param wallMicros the wall clock, microseconds since the epoch
 * @param nanos monotonic time
 * @param os whether the operating system says that the wall clock is synchronised
 * @param maxFutureMicros {@code time.maxFuture}
 * @param buildMicros when this program was built: it is later now
 */
public record EdgeTime(
    LongSupplier wallMicros,
    LongSupplier nanos,
    Supplier<OsSync> os,
    long maxFutureMicros,
    long buildMicros) {}
