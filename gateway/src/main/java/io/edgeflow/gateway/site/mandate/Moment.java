package io.edgeflow.gateway.site.mandate;

import java.util.OptionalLong;

/**
 * Now, by the clocks there are.
 *
 * @param boot names the start of the machine, within which monotonic time can be compared
 * @param nanos monotonic
 * @param wallMicros since the epoch; empty where the wall clock is not believed
 */
public record Moment(String boot, long nanos, OptionalLong wallMicros) {}
