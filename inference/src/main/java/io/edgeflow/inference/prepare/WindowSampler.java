package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;

/**
 * Without a grid: each reading of the one series is a sample. There is a row as soon as the window
 * is full, so that a burst of just its length makes one, and one every stride from then on.
 */
final class WindowSampler implements Sampler {
  private final Rows rows;
  private final long maxGapMicros;
  private final int length;
  private final int stride;
  private final double[] sample = new double[1];
  private long lastMicros = Arrivals.NEVER;
  private int sinceRow;
  private int unbroken;

  WindowSampler(int length, int stride, Rows rows, long maxGapMicros) {
    this.length = length;
    this.stride = stride;
    this.rows = rows;
    this.maxGapMicros = maxGapMicros;
    this.sinceRow = stride - 1;
  }

  @Override
  public void use(int series, long timeMicros, double value, Quality quality, RowSink sink) {
    if (lastMicros != Arrivals.NEVER && timeMicros - lastMicros > maxGapMicros) {
      rows.breakOff(Withheld.GAP);
      unbroken = 0;
    }
    lastMicros = timeMicros;
    unbroken = Math.min(length + 1, unbroken + 1);
    sample[0] = value;
    rows.push(timeMicros, sample, quality, 0, due(), sink);
  }

  @Override
  public void refuse(int series, long timeMicros, Withheld why, RowSink sink) {
    unbroken = 0;
    rows.miss(timeMicros, why, due(), sink);
  }

  @Override
  public void clear() {
    rows.clear();
    lastMicros = Arrivals.NEVER;
    sinceRow = stride - 1;
    unbroken = 0;
  }

  private boolean due() {
    sinceRow = sinceRow + 1 == stride || unbroken == length ? 0 : sinceRow + 1;
    return sinceRow == 0;
  }
}
