package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;

/**
 * What is known about the series whose names match.
 *
 * @param kind gauge, state or text
 */
public record SeriesConfig(Glob match, @Default("gauge") Kind kind, @Default("") String unit) {
  private static final int LONGEST_UNIT = 32;

  public SeriesConfig {
    new Check()
        .that(kind != Kind.COUNTER, "kind", "must be gauge, state or text; counters are to come")
        .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
        .orRefuse();
  }
}
