package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;

/** Without a grid: each reading of the one series is a sample. */
final class WindowSampler implements Sampler {
  private final Rows rows;
  private final long maxGapMicros;
  private final int stride;
  private final double[] sample = new double[1];
  private long lastMicros = Arrivals.NEVER;
  private int sinceRow;

  WindowSampler(int stride, Rows rows, long maxGapMicros) {
    this.stride = stride;
    this.rows = rows;
    this.maxGapMicros = maxGapMicros;
    this.sinceRow = stride - 1;
  }

  @Override
  public void use(int series, long timeMicros, double value, Quality quality, RowSink sink) {
    if (lastMicros != Arrivals.NEVER && timeMicros - lastMicros > maxGapMicros) {
      rows.breakOff(Withheld.GAP);
    }
    lastMicros = timeMicros;
    sample[0] = value;
    rows.push(timeMicros, sample, quality, 0, due(), sink);
  }

  @Override
  public void refuse(int series, long timeMicros, Withheld why, RowSink sink) {
    rows.miss(timeMicros, why, due(), sink);
  }

  @Override
  public void clear() {
    rows.clear();
    lastMicros = Arrivals.NEVER;
    sinceRow = stride - 1;
  }

  private boolean due() {
    sinceRow = sinceRow + 1 == stride ? 0 : sinceRow + 1;
    return sinceRow == 0;
  }
}
