package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;
import java.util.Locale;

/**
 * What is known about the series whose names match.
 *
 * @param kind gauge, state or text
 * @param report which readings go to the cloud singly
 */
public record SeriesConfig(
    Glob match, @Default("gauge") Kind kind, @Default("") String unit, ReportConfig report) {
  private static final int LONGEST_UNIT = 32;

  public SeriesConfig {
    new Check()
        .that(kind != Kind.COUNTER, "kind", "must be gauge, state or text; counters are to come")
        .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
        .that(
            report.fits(kind),
            "report.mode",
            "must be none, all, change or interval for a " + kind.name().toLowerCase(Locale.ROOT))
        .orRefuse();
  }
}
