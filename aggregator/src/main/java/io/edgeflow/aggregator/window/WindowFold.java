package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;

/**
 * The window of readings that are there already: no watermark decides when it is over. Not
 * thread-safe.
 */
public final class WindowFold {
  private final Accumulator readings;
  private final long lengthMicros;

  /**
   * @param startMicros a multiple of the length
   * @param lengthMicros divides one hour
   */
  public WindowFold(long startMicros, long lengthMicros) {
    this.readings = new Accumulator(startMicros, Long.MIN_VALUE, Accumulator.UNKNOWN_NANOS);
    this.lengthMicros = lengthMicros;
  }

  /**
   * @param timeMicros within the window
   * @param value accepted, see {@link io.edgeflow.aggregator.reading.Values}; of no matter where
   *     the quality carries none
   */
  public void add(long timeMicros, double value, Quality quality) {
    readings.add(timeMicros, value, quality);
  }

  /** The window of all that were added; at least one was. */
  public Window window() {
    return readings.toWindow(lengthMicros);
  }
}
