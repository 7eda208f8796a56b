package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;

/** Receives what a reading completed: often nothing, sometimes several rows. */
public interface RowSink {
  /** Takes nothing. */
  RowSink NONE =
      new RowSink() {
        @Override
        public void row(long timeMicros, float[] row, Quality quality, int filled) {}

        @Override
        public void withheld(long timeMicros, Withheld why) {}
      };

  /**
   * @param timeMicros what the row stands for: the time of its newest sample
   * @param row finite numbers; the same array every time, to be copied before this returns
   * @param quality the worst of the readings in it: good, uncertain or stale
   * @param filled how many of its samples had no reading of their own
   */
  void row(long timeMicros, float[] row, Quality quality, int filled);

  /**
   * There is no row for a time at which there could have been one. A long silence is told once.
   *
   * @param timeMicros what the row would have stood for
   */
  void withheld(long timeMicros, Withheld why);
}
