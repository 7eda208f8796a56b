package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;

/**
 * @param maxSeries per edge; a frame that would add more is refused and kept in quarantine
 */
public record LimitsConfig(@Default("50000") @Range(min = "1", max = "10000000") int maxSeries) {}
