package io.edgeflow.gateway.modbus;

/**
 * The instants at which a device is polled: {@code start + k * interval}, whatever a poll took, so
 * that nothing drifts. Instants that passed meanwhile are skipped, never made up for. Pure; times
 * are those of {@link System#nanoTime}.
 */
public record PollSchedule(long startNanos, long intervalNanos) {
  public PollSchedule {
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("interval " + intervalNanos + " ns");
    }
  }

  /** The first instant of the schedule after this moment. */
  public long after(long nowNanos) {
    long sinceStart = nowNanos - startNanos;
    return sinceStart < 0
        ? startNanos
        : startNanos + (sinceStart / intervalNanos + 1) * intervalNanos;
  }
}
