package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.util.Optional;

/**
 * How a sample becomes a value of a row.
 *
 * @param clip the greatest magnitude after scaling; what is beyond it is that
 */
public record Normalisation(
    @Default("none") Mode mode, @Range(min = "0.001", max = "1000000000") Optional<Double> clip) {
  /** Where centres and scales come from. */
  public enum Mode {
    /** Values stay as they are. */
    NONE,
    /** {@code (value - centre) / scale} of each column, from the parameters. */
    PARAMETERS
  }
}
