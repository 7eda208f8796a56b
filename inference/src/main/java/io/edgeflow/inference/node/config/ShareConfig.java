package io.edgeflow.inference.node.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * What a node remembers of the rows that another one should score, in case that one is gone.
 *
 * @param keep how long
 * @param memory how much at most, for each slot
 */
public record ShareConfig(
    @Default("30s") @Range(min = "20s", max = "1h") Duration keep,
    @Default("32MiB") @Range(min = "1MiB", max = "4GiB") ByteSize memory) {}
