package io.edgeflow.inference.prepare;

import io.edgeflow.inference.bundle.GapRule;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Preparation;
import io.edgeflow.inference.bundle.Resampling;
import java.util.List;

/**
 * How a grid is laid and what a sample on it is made of.
 *
 * @param endsWithGridTime whether a slot holds its grid time, or ends before it, as a minute does
 * @param statistics of a slot; empty: one number by the method
 */
record SampleRule(
    long periodMicros,
    boolean endsWithGridTime,
    long latenessMicros,
    Resampling.Method method,
    List<Input.Statistic> statistics,
    int minCount,
    GapRule.Fill fill,
    long maxGapMicros) {
  private static final long MINUTE_MICROS = 60_000_000;

  static SampleRule of(Manifest manifest) {
    Preparation how = manifest.preparation();
    GapRule gap = how.gap();
    long lateness = how.resampling().latenessMicros();
    if (manifest.input() instanceof Input.MinuteFeatures minutes) {
      return new SampleRule(
          MINUTE_MICROS,
          false,
          lateness,
          Resampling.Method.NONE,
          minutes.statistics(),
          minutes.minCount(),
          gap.fill(),
          gap.maxGapMicros());
    }
    return new SampleRule(
        how.resampling().periodMicros(),
        true,
        lateness,
        how.resampling().method(),
        List.of(),
        1,
        gap.fill(),
        gap.maxGapMicros());
  }

  /** The slot that a time lies in. */
  long slot(long timeMicros) {
    return endsWithGridTime
        ? Math.ceilDiv(timeMicros, periodMicros)
        : Math.floorDiv(timeMicros, periodMicros) + 1;
  }

  /** The grid time that a slot stands for. */
  long time(long slot) {
    return slot * periodMicros;
  }

  /** The first slot that must still wait for others when one series has come to this time. */
  long firstWaiting(long timeMicros) {
    return Math.ceilDiv(timeMicros - latenessMicros, periodMicros);
  }

  /** How many slots may be waiting at once. */
  int waiting() {
    return Math.toIntExact(latenessMicros / periodMicros) + 3;
  }

  /** How many numbers a sample of one series has. */
  int width() {
    return statistics.isEmpty() ? 1 : statistics.size();
  }
}
