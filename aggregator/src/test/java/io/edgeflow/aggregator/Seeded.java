package io.edgeflow.aggregator;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs a property with many seeds; a failure names its seed, and {@code -Dedgeflow.seed} repeats
 * it.
 */
public final class Seeded {
  private Seeded() {}

  public static void run(int times, Consumer<RandomGenerator> property) {
    Long fixed = Long.getLong("edgeflow.seed");
    if (fixed != null) {
      property.accept(new SplittableRandom(fixed));
      return;
    }
    long base = System.nanoTime();
    for (int i = 0; i < times; i++) {
      long seed = base + i;
      try {
        property.accept(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("fails with -Dedgeflow.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
