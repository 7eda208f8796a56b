package io.edgeflow.inference.node.config;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * How many rows go into one call of a model.
 *
 * @param linger how long the first row waits for others, until there are as many as the model
 *     takes; 0: what waits is scored at once
 */
public record BatchConfig(@Default("0ms") @Range(min = "0ms", max = "1s") Duration linger) {}
