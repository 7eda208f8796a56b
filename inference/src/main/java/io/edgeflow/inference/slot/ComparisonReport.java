package io.edgeflow.inference.slot;

import java.util.OptionalDouble;

/**
 * How a model did in the shadow of another one.
 *
 * @param compared rows that both scored
 * @param values of those rows; the first outputs of each if one has more
 * @param meanDifference of the values, absolute
 * @param mostDifference of the values, absolute
 * @param correlation of the values; empty if those of one do not vary
 * @param servingAlarms rows in which the serving model would raise an alarm
 * @param candidateAlarms rows in which the candidate would
 * @param bothAlarms rows in which both would
 * @param skipped rows that the candidate did not see, because it was behind or had none prepared
 * @param failedRows rows for which the candidate gave no usable score
 */
public record ComparisonReport(
    long compared,
    long values,
    double meanDifference,
    double mostDifference,
    OptionalDouble correlation,
    long servingAlarms,
    long candidateAlarms,
    long bothAlarms,
    long skipped,
    long failedRows,
    CallTimes servingTimes,
    CallTimes candidateTimes) {
  /**
   * Of calls, in nanoseconds; median and p99 are at most an eighth too high.
   *
   * @param calls with none, the others are 0
   */
  public record CallTimes(long calls, long median, long p99, long most) {}
}
