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

  boolean stamped() {
    return source != StampSource.ARRIVAL;
  }
}
