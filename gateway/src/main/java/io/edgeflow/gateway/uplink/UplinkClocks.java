package io.edgeflow.gateway.uplink;

import java.util.function.LongSupplier;

/**
 * @param nanos the monotonic clock
 * @param micros the best guess at the time of day, microseconds since the epoch; told in presence
 */
public record UplinkClocks(LongSupplier nanos, LongSupplier micros) {}
