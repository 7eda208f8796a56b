package io.edgeflow.gateway.deploy;

import io.edgeflow.inference.bundle.Gates;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.slot.ComparisonReport.CallTimes;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds what was seen of a model against its gates. A part of the rows is always taken of {@code
 * minRows} at least: what breaks a gate then breaks it whatever comes, and needs no waiting for.
 */
record Judge(Gates gates, Limits limits) {
  private static final int CALLS_FOR_A_MEDIAN = 10;

  /** Of fewer the longest alone would decide, and a machine may halt once for its own reasons. */
  private static final int CALLS_FOR_A_P99 = 300;

  private static final double NANOS_IN_MILLI = 1e6;

  /**
   * What was seen.
   *
   * @param rows that it was given
   * @param errors of these, without a score
   * @param nans of these, whose score is no number
   * @param alarms of these, beyond a threshold
   * @param beforeRows of the model before
   * @param beforeAlarms of these, beyond a threshold
   * @param growth of the process, in bytes
   * @param deaths of the model's own process
   */
  record Seen(
      long rows,
      long errors,
      long nans,
      long alarms,
      long beforeRows,
      long beforeAlarms,
      CallTimes times,
      long growth,
      long deaths) {}

  /** Why it must not go on; empty if nothing speaks against it so far. */
  Optional<String> broken(Seen seen) {
    if (seen.deaths() > 0) {
      return Optional.of("crash: its process ended");
    }
    return rate("nanRate", seen.nans(), gates.nanRate(), seen.rows())
        .or(() -> rate("errorRate", seen.errors(), gates.errorRate(), seen.rows()))
        .or(() -> late(seen.times()))
        .or(() -> alarms(seen))
        .or(() -> memory(seen.growth()));
  }

  /** Whether there was enough of it to say that it did well, by every gate. */
  boolean isEnough(Seen seen) {
    return seen.rows() >= gates.minRows() && seen.times().calls() >= calls();
  }

  /** For whom few rows are enough, few calls are, too. */
  private long calls() {
    return Math.min(gates.minRows(), CALLS_FOR_A_MEDIAN);
  }

  /** What {@link #isEnough} asks for, for people. */
  String enough() {
    return gates.minRows() + " rows in " + calls() + " calls";
  }

  private double part(long some, long rows) {
    return some / (double) Math.max(rows, gates.minRows());
  }

  private Optional<String> rate(String gate, long some, double most, long rows) {
    return part(some, rows) > most
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %d of %d rows, at most %.4g of them may be",
                gate,
                some,
                rows,
                most))
        : Optional.empty();
  }

  private Optional<String> late(CallTimes times) {
    long most = gates.latencyP99(limits).toNanos();
    boolean usually = times.calls() >= CALLS_FOR_A_MEDIAN && times.median() > most;
    long enough = Math.max(gates.minRows(), CALLS_FOR_A_P99);
    boolean sometimes = times.calls() >= enough && times.p99() > most;
    return usually || sometimes
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "latencyP99: %.3g ms of %d calls, median %.3g ms, at most %.3g ms",
                times.p99() / NANOS_IN_MILLI,
                times.calls(),
                times.median() / NANOS_IN_MILLI,
                most / NANOS_IN_MILLI))
        : Optional.empty();
  }

  private Optional<String> alarms(Seen seen) {
    double rate = part(seen.alarms(), seen.rows());
    boolean known = seen.beforeRows() >= gates.minRows();
    double before = known ? seen.beforeAlarms() / (double) seen.beforeRows() : 0;
    return rate > gates.alarmRate().most() && rate > gates.alarmRate().factor() * before
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "alarmRate: %d of %d rows beyond a threshold; the model before: %d of %d",
                seen.alarms(),
                seen.rows(),
                seen.beforeAlarms(),
                seen.beforeRows()))
        : Optional.empty();
  }

  private Optional<String> memory(long growth) {
    long most = gates.memory(limits);
    return growth > most
        ? Optional.of("memory: it grew by " + growth + " bytes, at most " + most)
        : Optional.empty();
  }
}
