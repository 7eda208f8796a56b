package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Kind;

/**
 * Brings known series to the kind and unit that are configured now. What the configuration does not
 * name stays as it is: messages may have said it. When nothing is open: after a recovery. Owned by
 * the owner thread.
 */
final class Reshape {
  private Reshape() {}

  static void run(EdgeState state, Scribe scribe, SeriesPolicy policy) {
    for (SeriesRegistry.Series series : state.series.all()) {
      boolean text = series.kind() == Kind.TEXT;
      // A text stays one, and a number never becomes one.
      Kind kind =
          policy
              .kind(series.name())
              .filter(named -> (named == Kind.TEXT) == text)
              .orElse(series.kind());
      String named = policy.shape(series.name(), text).unit();
      String unit = named.isEmpty() ? series.unit() : named;
      if (kind != series.kind() || !unit.equals(series.unit())) {
        scribe.series(new SeriesRegistry.Series(series.id(), series.name(), kind, unit));
      }
    }
  }
}
