package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.clock.StampSource;
import org.jspecify.annotations.Nullable;

/**
 * One reading after every decision (J1): what the journal stores and what a replay folds without
 * asking anybody. A mutable cursor that is filled again for the next reading, so that the hot path
 * allocates nothing.
 */
final class DecidedReading {
  int series;
  long eventMicros;

  /** The sender's own stamp before any correction (I1); meaningless where the source is ARRIVAL. */
  long stampMicros;

  StampSource source = StampSource.ARRIVAL;
  Quality quality = Quality.GOOD;
  Verdict verdict = Verdict.FRESH;

  /** It goes onto the raw lane (L11); never true for a duplicate. */
  boolean reported;

  double number;
  @Nullable String text;

  /** What was added to what a counter showed (W4); 0 where nothing was. */
  double offset;

  /** What the counter showed; only where something was added. */
  double raw;

  /** The number becomes the running total. */
  void countOn(double added) {
    raw = number;
    offset = added;
    number = raw + offset;
  }

  /** As it came, which is what duplicates are told by (I1). */
  double sent() {
    return offset == 0 ? number : raw;
  }

  boolean stamped() {
    return source != StampSource.ARRIVAL;
  }
}
