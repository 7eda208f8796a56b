package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known about the series whose names match.
 *
 * @param kind gauge, counter, state or text; absent: as its device says, else gauge
 * @param rollOver of a counter: the value that it never shows, because it is at zero again instead
 * @param staleAfter so long without a reading its value is stale; absent: as its device says, else
 *     never
 * @param report which readings go to the cloud singly
 */
public record SeriesConfig(
    Glob match,
    Optional<Kind> kind,
    @Default("") String unit,
    Optional<Double> rollOver,
    @Range(min = "1s", max = "365d") Optional<Duration> staleAfter,
    ReportConfig report) {
  private static final int LONGEST_UNIT = 32;

  /** Of a counter of 64 bits. */
  private static final double GREATEST_TOP = 0x1p64;

  public SeriesConfig {
    Kind known = kind.orElse(Kind.GAUGE);
    new Check()
        .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
        .that(
            rollOver.isEmpty() || kind.isEmpty() || known == Kind.COUNTER,
            "rollOver",
            "needs kind counter")
        .that(
            rollOver.isEmpty() || (rollOver.get() > 0 && rollOver.get() <= GREATEST_TOP),
            "rollOver",
            "must be above 0, and 18446744073709551616 or less")
        .that(
            report.fits(known),
            "report.mode",
            "must be none, all, change or interval for a " + known.name().toLowerCase(Locale.ROOT))
        .orRefuse();
  }
}
