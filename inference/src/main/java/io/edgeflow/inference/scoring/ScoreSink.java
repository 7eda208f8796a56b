package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.slot.Attribution;
import io.edgeflow.inference.slot.ModelIdentity;
import java.util.Optional;

/**
 * Receives what a slot gives. Called under the slot's lock, in order, by the thread that scores or
 * that changes the model: it must only hand over, and not call back.
 */
public interface ScoreSink {
  /**
   * One output of one row.
   *
   * @param series of the score
   * @param timeMicros what the row stands for
   * @param quality of the row
   */
  void score(String series, long timeMicros, float value, Quality quality, Attribution by);

  /** A call of the model has ended. */
  void called(Attribution by, int rows, long nanos);

  /** Rows have no score. */
  void failed(Attribution by, int rows, String why);

  /**
   * The scores from here on are another model's.
   *
   * @param model empty: there are none from here on
   */
  void active(String slot, Optional<ModelIdentity> model);
}
