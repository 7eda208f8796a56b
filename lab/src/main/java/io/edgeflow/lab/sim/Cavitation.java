package io.edgeflow.lab.sim;

import java.time.Duration;

/**
 * When a pump cavitates: once in every stretch of time, at a moment that the seed decides, for a
 * fifth of it or 20 s. It sets in and fades over a tenth of its length.
 */
final class Cavitation implements Signal {
  private static final long LONGEST = 20_000_000;

  private final long seed;
  private final long everyMicros;
  private final long lengthMicros;

  Cavitation(long seed, Duration every) {
    this.seed = seed;
    this.everyMicros = every.toNanos() / 1_000;
    this.lengthMicros = Math.min(LONGEST, everyMicros / 5);
  }

  /** How badly, 0 to 1. */
  @Override
  public double at(long micros) {
    long stretch = Math.floorDiv(micros, everyMicros);
    double begins = Chance.of(seed, stretch) * (everyMicros - lengthMicros);
    double progress = (Math.floorMod(micros, everyMicros) - begins) / lengthMicros;
    if (progress <= 0 || progress >= 1) {
      return 0;
    }
    return Math.min(1, 10 * Math.min(progress, 1 - progress));
  }
}
