package io.edgeflow.inference.runtime;

import java.time.Duration;

/**
 * What a model may take.
 *
 * @param maxBatch rows in one call of the graph; more are split
 * @param timeOut for one call of the scorer, however many rows it has
 * @param memoryBytes the graph's file may not be larger; on a GPU also the bound of its memory, and
 *     in a child process of what the model adds to the process
 */
public record ModelLimits(int maxBatch, Duration timeOut, long memoryBytes) {
  public static final ModelLimits DEFAULT =
      new ModelLimits(1024, Duration.ofSeconds(1), 256L << 20);

  public ModelLimits {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("a batch of " + maxBatch + " rows");
    }
    if (!timeOut.isPositive()) {
      throw new IllegalArgumentException("a time-out of " + timeOut);
    }
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("a memory limit of " + memoryBytes + " bytes");
    }
  }
}
