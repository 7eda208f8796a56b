package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;

/**
 * The latest samples in one unbroken sequence, and the rows that they make. A sample has one number
 * for each column.
 */
final class Rows {
  private final Scaler scaler;
  private final int width;
  private final int length;
  private final float[] ring;
  private final byte[] qualities;
  private final int[] filled;
  private final float[] row;

  private int head;
  private int size;
  private int uncertain;
  private int stale;
  private int filledInRow;
  private Withheld lacking = Withheld.WARMING_UP;

  /**
   * @param width numbers in a sample
   * @param length samples in a row
   */
  Rows(Scaler scaler, int width, int length) {
    this.scaler = scaler;
    this.width = width;
    this.length = length;
    this.ring = new float[width * length];
    this.qualities = new byte[length];
    this.filled = new int[length];
    this.row = new float[width * length];
  }

  /**
   * @param sample one number for each column, not yet scaled
   * @param filledNow how many of them had no reading of their own
   * @param due whether it is time for a row
   */
  void push(
      long timeMicros, double[] sample, Quality quality, int filledNow, boolean due, RowSink sink) {
    if (!put(sample)) {
      miss(timeMicros, Withheld.OUT_OF_RANGE, due, sink);
      return;
    }
    account(quality, filledNow);
    if (due && size == length) {
      emit(timeMicros, sink);
    } else if (due) {
      sink.withheld(timeMicros, lacking);
    }
  }

  /** There is no sample: the sequence is broken. */
  void miss(long timeMicros, Withheld why, boolean due, RowSink sink) {
    breakOff(why);
    if (due) {
      sink.withheld(timeMicros, why);
    }
  }

  /** The next sample does not follow the one before. */
  void breakOff(Withheld why) {
    lacking = why;
    head = 0;
    size = 0;
    uncertain = 0;
    stale = 0;
    filledInRow = 0;
  }

  void clear() {
    breakOff(Withheld.WARMING_UP);
  }

  private boolean put(double[] sample) {
    int at = head * width;
    for (int i = 0; i < width; i++) {
      float value = scaler.scale(i, sample[i]);
      if (!Float.isFinite(value)) {
        return false;
      }
      ring[at + i] = value;
    }
    return true;
  }

  private void account(Quality quality, int filledNow) {
    if (size == length) {
      count(Quality.ofCode(qualities[head]), -1);
      filledInRow -= filled[head];
    } else {
      size++;
    }
    qualities[head] = (byte) quality.code();
    filled[head] = filledNow;
    count(quality, 1);
    filledInRow += filledNow;
    head = head + 1 == length ? 0 : head + 1;
  }

  private void count(Quality quality, int by) {
    if (quality == Quality.UNCERTAIN) {
      uncertain += by;
    } else if (quality == Quality.STALE) {
      stale += by;
    }
  }

  private void emit(long timeMicros, RowSink sink) {
    int older = ring.length - head * width;
    System.arraycopy(ring, head * width, row, 0, older);
    System.arraycopy(ring, 0, row, older, head * width);
    Quality worst = stale > 0 ? Quality.STALE : uncertain > 0 ? Quality.UNCERTAIN : Quality.GOOD;
    sink.row(timeMicros, row, worst, filledInRow);
  }
}
