package io.edgeflow.inference.slot;

import java.util.BitSet;

/** What one model made of one batch of rows. Not to be changed. */
public final class Scores {
  private final Attribution by;
  private final float[] values;
  private final int count;
  private final int outputs;
  private final BitSet unusable;
  private final long nanos;

  Scores(Attribution by, float[] values, int count, int outputs, BitSet unusable, long nanos) {
    this.by = by;
    this.values = values;
    this.count = count;
    this.outputs = outputs;
    this.unusable = unusable;
    this.nanos = nanos;
  }

  /** The same for every row: a batch is not divided between models. */
  public Attribution by() {
    return by;
  }

  /** Rows. */
  public int count() {
    return count;
  }

  /** Values a row. */
  public int outputs() {
    return outputs;
  }

  /** Whether every value of the row is a number; else the row has no score. */
  public boolean isUsable(int row) {
    return !unusable.get(row);
  }

  /** How many rows have no score. */
  public int unusable() {
    return unusable.cardinality();
  }

  /** How many of the rows that have a score would raise an alarm. */
  public int beyond(AlarmRule rule) {
    int beyond = 0;
    for (int row = 0; row < count; row++) {
      if (isUsable(row) && rule.alarms(values, row * outputs)) {
        beyond++;
      }
    }
    return beyond;
  }

  /**
   * @throws IllegalArgumentException if the row has no score
   */
  public float value(int row, int output) {
    if (row < 0 || row >= count || output < 0 || output >= outputs || !isUsable(row)) {
      throw new IllegalArgumentException("no score %d of row %d".formatted(output, row));
    }
    return values[row * outputs + output];
  }

  /** What the call took. */
  public long nanos() {
    return nanos;
  }

  /** All of them, row by row, with whatever unusable rows have. */
  float[] values() {
    return values;
  }
}
