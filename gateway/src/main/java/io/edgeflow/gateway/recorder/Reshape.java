package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Kind;

/**
 * Brings known series to the kind and unit that are configured now. When nothing is open: after a
 * recovery. Owned by the owner thread.
 */
final class Reshape {
  private Reshape() {}

  static void run(EdgeState state, Scribe scribe, SeriesPolicy policy) {
    for (SeriesRegistry.Series series : state.series.all()) {
      SeriesPolicy.Shape shape = policy.shape(series.name(), series.kind() == Kind.TEXT);
      Kind kind = turns(series.kind(), shape.kind()) ? shape.kind() : series.kind();
      String unit = shape.unit().isEmpty() ? series.unit() : shape.unit();
      if (kind != series.kind() || !unit.equals(series.unit())) {
        scribe.series(new SeriesRegistry.Series(series.id(), series.name(), kind, unit));
      }
    }
  }

  /**
   * A text stays one, and a number never becomes one. A gauge may be what nobody says anything of:
   * only counters, which nobody else makes, turn into one.
   */
  private static boolean turns(Kind from, Kind to) {
    return from != Kind.TEXT && to != Kind.TEXT && (to != Kind.GAUGE || from == Kind.COUNTER);
  }
}
