package io.edgeflow.inference.runtime;

import java.util.BitSet;

/** Some scores are NaN or infinite. The other rows of the batch are as good as ever. */
public final class NonFiniteScoresException extends ScoringException {
  private final float[] scores;
  private final BitSet rows;

  public NonFiniteScoresException(float[] scores, BitSet rows, int count) {
    super(
        "%d of %d rows gave NaN or infinity, the first is row %d"
            .formatted(rows.cardinality(), count, rows.nextSetBit(0)),
        null);
    this.scores = scores;
    this.rows = rows;
  }

  /** Of every row, those included. */
  public float[] scores() {
    return scores;
  }

  /** The rows of which at least one output is not a finite number. */
  public BitSet rows() {
    return (BitSet) rows.clone();
  }
}
