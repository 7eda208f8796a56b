package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * Where a score begins to mean something.
 *
 * @param output whose score
 * @param value unless the parameters say another
 * @param min the least that parameters may set
 * @param max the greatest that parameters may set
 * @param hold how long the score must be beyond it
 */
public record Threshold(
    String name,
    String output,
    double value,
    double min,
    double max,
    @Default("above") Direction direction,
    @Default("0s") @Range(min = "0s", max = "1d") Duration hold) {
  /** On which side of it a score is beyond it. */
  public enum Direction {
    ABOVE,
    BELOW
  }

  public Threshold {
    new Check()
        .that(Manifest.WORD.matcher(name).matches(), "name", Rules.WORD)
        .that(min <= max, "min", "must be at most max")
        .that(allows(value, min, max), "value", "must be min to max")
        .orRefuse();
  }

  /** Whether parameters may set it to this. */
  public boolean allows(double wanted) {
    return allows(wanted, min, max);
  }

  /** Whether a score is beyond the threshold where it is set to that. */
  public boolean beyond(double score, double setting) {
    return direction == Direction.ABOVE ? score > setting : score < setting;
  }

  String bounds() {
    return "must be " + min + " to " + max;
  }

  private static boolean allows(double wanted, double min, double max) {
    return wanted >= min && wanted <= max;
  }
}
