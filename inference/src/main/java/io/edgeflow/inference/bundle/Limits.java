package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * What a model may take.
 *
 * @param timeout of one call, whatever its batch
 * @param memory native, of the loaded model and its calls
 * @param maxBatch rows in one call
 */
public record Limits(
    @Default("1s") @Range(min = "1ms", max = "1m") Duration timeout,
    @Default("256MiB") @Range(min = "1MiB", max = "64GiB") ByteSize memory,
    @Default("256") @Range(min = "1", max = "65536") int maxBatch) {}
