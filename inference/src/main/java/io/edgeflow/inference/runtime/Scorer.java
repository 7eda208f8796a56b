package io.edgeflow.inference.runtime;

/** Rows in, scores out. */
public interface Scorer extends AutoCloseable {
  ModelSpec spec();

  /**
   * Any thread may call; calls of one scorer run one after the other.
   *
   * @param rows {@code count} rows of {@code spec().rowLength()} values, one after the other; what
   *     lies behind them is ignored
   * @return {@code count * spec().outputs()} values, in the order of the rows
   * @throws NonFiniteScoresException if some are not numbers; it carries the others
   * @throws ScoringException if there are none
   */
  float[] score(float[] rows, int count) throws ScoringException;

  /**
   * Asks the call in flight, if any, to end soon with a {@link ScoringException}. Any thread may
   * ask; whether the call can is another matter.
   */
  default void interrupt() {}

  /** Waits for a call in flight. What is called afterwards fails. Closing twice does nothing. */
  @Override
  void close();
}
