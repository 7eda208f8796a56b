package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;

/**
 * @param maxSeries a UUID in a topic must not make a million of them
 */
public record LimitsConfig(@Default("20000") @Range(min = "1", max = "1000000") int maxSeries) {}
