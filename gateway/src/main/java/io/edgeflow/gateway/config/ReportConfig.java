package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which readings of a series go to the cloud singly, beside its windows (L11).
 *
 * @param deadband in the unit of the series: a reading further than this from the last reported one
 *     is reported. Beside {@code percent}: the band is never narrower.
 * @param percent of the last reported value's magnitude
 * @param interval from one reported reading to the next, at least
 * @param maxSilence a reading this far from the last reported one is reported whatever its value
 */
public record ReportConfig(
    @Default("none") Mode mode,
    Optional<Double> deadband,
    Optional<Double> percent,
    @Range(min = "1ms") Optional<Duration> interval,
    @Range(min = "1ms") Optional<Duration> maxSilence) {
  public static final ReportConfig NONE =
      new ReportConfig(
          Mode.NONE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** A reading further than this from the last reported one. */
  static ReportConfig deadband(double band) {
    return new ReportConfig(
        Mode.DEADBAND, Optional.of(band), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What a reading must be to be reported. */
  public enum Mode {
    NONE,
    ALL,
    CHANGE,
    DEADBAND,
    PERCENT,
    INTERVAL;

    private boolean bands() {
      return this == DEADBAND || this == PERCENT;
    }
  }

  public ReportConfig {
    new Check()
        .that(
            deadband.isEmpty() || (mode.bands() && deadband.get() >= 0),
            "deadband",
            "must be at least 0, with mode deadband, or percent as its least band")
        .that(mode != Mode.DEADBAND || deadband.isPresent(), "deadband", "is needed by the mode")
        .that(
            percent.isEmpty() || (mode == Mode.PERCENT && percent.get() > 0),
            "percent",
            "must be above 0, with mode percent")
        .that(mode != Mode.PERCENT || percent.isPresent(), "percent", "is needed by the mode")
        .that(interval.isEmpty() || mode == Mode.INTERVAL, "interval", "needs mode interval")
        .that(mode != Mode.INTERVAL || interval.isPresent(), "interval", "is needed by the mode")
        .that(
            maxSilence.isEmpty() || mode == Mode.CHANGE || mode.bands(),
            "maxSilence",
            "needs mode change, deadband or percent")
        .orRefuse();
  }

  /** Numbers of a state name something: nothing lies between two of them. */
  boolean fits(Kind kind) {
    return kind.windowed() || !mode.bands();
  }

  public ReportRule rule() {
    long silence = maxSilence.map(ReportConfig::micros).orElse(ReportRule.NO_LIMIT);
    return switch (mode) {
      case NONE -> ReportRule.NONE;
      case ALL -> new ReportRule.All();
      case CHANGE -> new ReportRule.Change(silence);
      case DEADBAND -> new ReportRule.Deadband(deadband.orElseThrow(), silence);
      case PERCENT -> new ReportRule.Percent(percent.orElseThrow(), deadband.orElse(0.0), silence);
      case INTERVAL -> new ReportRule.Interval(micros(interval.orElseThrow()));
    };
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
