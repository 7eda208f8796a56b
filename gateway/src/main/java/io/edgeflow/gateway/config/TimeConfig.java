package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * @param maxFuture how far a stamp may be ahead of a believed clock (T2), and how far that clock
 *     may jump before it is no longer believed (T1)
 */
public record TimeConfig(@Default("5m") @Range(min = "1s", max = "1d") Duration maxFuture) {}
