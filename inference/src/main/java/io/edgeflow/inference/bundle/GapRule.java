package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * What stands where a series had no reading.
 *
 * @param maxGap the longest time without a reading that is filled; after a longer one the row
 *     starts anew
 */
public record GapRule(
    @Default("1m") @Range(min = "1ms", max = "1d") Duration maxGap, @Default("hold") Fill fill) {
  /** What a missing sample is made of. */
  public enum Fill {
    /** The sample before it. */
    HOLD,
    /** The line from the reading before to the one after it. */
    INTERPOLATE,
    /** Nothing: there is no row while one of its samples is missing. */
    REFUSE
  }

  public long maxGapMicros() {
    return Micros.of(maxGap);
  }
}
