package io.edgeflow.wire.document;

/**
 * What an edge saw of a model since it was compared or served, beside the one before. Counts are of
 * this rollout's attempt alone.
 *
 * @param seconds that it served
 * @param rows that it scored, in the shadow and in service
 * @param errors calls without a score
 * @param nans rows whose score was no number
 * @param p99Micros of its calls
 * @param beforeP99Micros of the calls of the model before; 0 where there was none
 * @param memoryBytes by which the process, or the model's own one, grew while it served
 * @param alarms rows beyond one of the bundle's thresholds
 * @param beforeRows that the model before scored, in the comparison and before it
 * @param beforeAlarms of these beyond a threshold
 * @param crashes of the process that had it
 */
public record Evidence(
    long seconds,
    long rows,
    long errors,
    long nans,
    double p99Micros,
    double beforeP99Micros,
    long memoryBytes,
    long alarms,
    long beforeRows,
    long beforeAlarms,
    long crashes) {
  public static final Evidence NONE = new Evidence(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public Evidence {
    if (!Double.isFinite(p99Micros) || !Double.isFinite(beforeP99Micros)) {
      throw new IllegalArgumentException("a time of the evidence is none");
    }
  }
}
