package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/** Hears of accepted readings; called on the owner thread, so it must only hand over. */
public interface ReadingListener {
  /**
   * @param text absent where the value is a number
   */
  void accepted(
      String series, long timeMicros, double number, @Nullable String text, Quality quality);
}
