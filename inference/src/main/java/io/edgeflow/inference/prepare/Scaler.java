package io.edgeflow.inference.prepare;

import io.edgeflow.inference.bundle.Normalisation;
import io.edgeflow.inference.bundle.Scaling;
import java.util.List;

/** Makes a model's numbers of samples: column by column, {@code (value - centre) / scale}. */
final class Scaler {
  private final double[] centres;
  private final double[] scales;
  private final double clip;

  /**
   * @param scalings one for each column, or none
   * @throws IllegalArgumentException if there are some, but not for each column
   */
  Scaler(Normalisation rule, List<Scaling> scalings, int columns) {
    boolean scaled = rule.mode() != Normalisation.Mode.NONE;
    if (scalings.size() != (scaled ? columns : 0)) {
      throw new IllegalArgumentException(
          scalings.size() + " scalings for " + columns + " columns, mode " + rule.mode());
    }
    this.centres = new double[columns];
    this.scales = new double[columns];
    for (int i = 0; i < columns; i++) {
      centres[i] = scaled ? scalings.get(i).centre() : 0;
      scales[i] = scaled ? scalings.get(i).scale() : 1;
    }
    this.clip = rule.clip().orElse(Double.POSITIVE_INFINITY);
  }

  /** Infinite if the sample is too large for a model's numbers. */
  float scale(int column, double sample) {
    double scaled = (sample - centres[column]) / scales[column];
    return (float) Math.max(-clip, Math.min(clip, scaled));
  }
}
