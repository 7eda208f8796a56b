package io.edgeflow.inference.runtime;

import java.util.BitSet;

/** Tells numbers from what is none. */
public final class FiniteCheck {
  private FiniteCheck() {}

  /**
   * @throws NonFiniteScoresException if one of the first {@code count * outputs} scores is NaN or
   *     infinite
   */
  public static void check(float[] scores, int count, int outputs) throws NonFiniteScoresException {
    int length = count * outputs;
    // A product with 0 is 0, or NaN for what is no number. Four sums, because one would wait for
    // itself: that took five times as long, half of a call with 1 024 rows.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i < length - 3; i += 4) {
      a += scores[i] * 0;
      b += scores[i + 1] * 0;
      c += scores[i + 2] * 0;
      d += scores[i + 3] * 0;
    }
    for (; i < length; i++) {
      a += scores[i] * 0;
    }
    if (a + b + c + d != 0) {
      throw new NonFiniteScoresException(scores, rows(scores, count, outputs), count);
    }
  }

  private static BitSet rows(float[] scores, int count, int outputs) {
    var rows = new BitSet(count);
    for (int i = 0; i < count * outputs; i++) {
      if (!Float.isFinite(scores[i])) {
        rows.set(i / outputs);
      }
    }
    return rows;
  }
}
