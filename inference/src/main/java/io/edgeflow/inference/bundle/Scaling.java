package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;

/**
 * How one column is normalised: {@code (value - centre) / scale}.
 *
 * @param scale above 0
 */
public record Scaling(double centre, double scale) {
  private static final double LEAST = 1e-30;
  private static final double GREATEST = 1e140;

  public Scaling {
    new Check()
        .that(Math.abs(centre) <= GREATEST, "centre", "must be a number within 1e140")
        .that(scale >= LEAST && scale <= GREATEST, "scale", "must be 1e-30 to 1e140")
        .orRefuse();
  }
}
