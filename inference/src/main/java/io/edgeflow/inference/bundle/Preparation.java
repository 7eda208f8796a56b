package io.edgeflow.inference.bundle;

import io.edgeflow.inference.bundle.Input.MinuteFeatures;
import io.edgeflow.process.settings.Check;

/** How readings become samples. */
public record Preparation(
    Resampling resampling, GapRule gap, QualityRule quality, Normalisation normalisation) {
  /** More slots than this between two samples are a gap in any case; bounds the work for one. */
  static final int MAX_SLOTS = 4_096;

  void check(Input input, Check check) {
    boolean grid = resampling.method() != Resampling.Method.NONE;
    long period = resampling.periodMicros();
    check
        .that(
            !grid || !(input instanceof MinuteFeatures),
            "preparation.resampling.method",
            "must be none for minute-features: minutes are their grid")
        .that(
            grid || gap.fill() != GapRule.Fill.INTERPOLATE,
            "preparation.gap.fill",
            "must be hold or refuse without a grid")
        .that(
            !grid || gap.maxGapMicros() / period <= MAX_SLOTS,
            "preparation.gap.maxGap",
            "must be " + MAX_SLOTS + " periods or fewer")
        .that(
            !grid || resampling.latenessMicros() / period <= MAX_SLOTS,
            "preparation.resampling.lateness",
            "must be " + MAX_SLOTS + " periods or fewer");
  }
}
