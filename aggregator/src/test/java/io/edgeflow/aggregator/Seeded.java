package io.edgeflow.aggregator;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs a property with many seeds. A failure names its seed, {@code -Dedgeflow.seed=N} repeats it,
 * and {@code -Dedgeflow.effort=N} tries N times as many.
 */
public final class Seeded {
  private Seeded() {}

  public static void run(int times, Consumer<RandomGenerator> property) {
    Long fixed = Long.getLong("edgeflow.seed");
    if (fixed != null) {
      property.accept(new SplittableRandom(fixed));
      return;
    }
    int seeds = times * Integer.getInteger("edgeflow.effort", 1);
    long base = System.nanoTime();
    for (int i = 0; i < seeds; i++) {
      long seed = base + i;
      try {
        property.accept(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("fails with -Dedgeflow.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
