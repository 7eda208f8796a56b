package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.wire.payload.PointPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What the configuration says of series that are not known yet. Only consulted live, never on
 * replay (J1).
 */
public interface SeriesPolicy {
  /**
   * How a series is recorded.
   *
   * @param unit empty where none is configured
   * @param counter how it counts; only of a counter
   * @param staleAfter so long without a reading its value is stale; at least a second
   */
  record Shape(Kind kind, String unit, CounterRule counter, Optional<Duration> staleAfter) {
    public Shape(Kind kind, String unit) {
      this(kind, unit, CounterRule.NO_ROLL_OVER, Optional.empty());
    }
  }

  /**
   * The shape of a series by its name; texts without a rule are TEXT, numbers are GAUGE. Asked when
   * a series is new, and at each start.
   */
  Shape shape(String series, boolean text);

  /** The kind that the configuration names for a series, if it does; asked at each start. */
  default Optional<Kind> kind(String series) {
    return Optional.empty();
  }

  /**
   * The shape of a series of a message: as for any series, and what that leaves open its mapping
   * says. In that order, because at each start only the first is asked again.
   *
   * @param truth whether the first reading is a truth, which names a state
   */
  default Shape shape(String series, boolean text, PointPolicy said, boolean truth) {
    Shape known = shape(series, text);
    Kind ofMapping = said.kind();
    Kind ofValue = ofMapping != null ? ofMapping : truth ? Kind.STATE : Kind.GAUGE;
    return new Shape(
        known.kind() == Kind.GAUGE ? ofValue : known.kind(),
        known.unit().isEmpty() ? said.unit() : known.unit(),
        known.counter(),
        known.staleAfter());
  }

  /** Which of its readings are reported singly; asked once in a run for each series. */
  ReportRule report(String series);

  /** Series that this edge takes; a UUID in a topic must not make a million of them. */
  int maxSeries();
}
