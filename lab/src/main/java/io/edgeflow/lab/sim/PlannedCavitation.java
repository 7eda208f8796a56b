package io.edgeflow.lab.sim;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When a pump cavitates as somebody planned it. It sets in and fades within two seconds, and is
 * over early where slowing the pump down cures it. Any thread.
 */
final class PlannedCavitation implements Signal {
  private static final double FLANK_MICROS = 2_000_000;

  private final Drive drive;
  private final LongSupplier beginsMicros;
  private final long atMicros;
  private final long lastingMicros;
  private final long everyMicros;
  private final long cureMicros;

  /** The newest repetition that was cured; 0 is the first one. */
  private final AtomicLong cured = new AtomicLong(-1);

  /**
   * @param beginsMicros when the plan begins, {@link FaultPlan#NOT_YET} as long as it does not
   */
  PlannedCavitation(FaultPlan.Fault fault, Drive drive, LongSupplier beginsMicros) {
    this.drive = drive;
    this.beginsMicros = beginsMicros;
    this.atMicros = FaultPlan.micros(fault.at());
    this.lastingMicros = FaultPlan.micros(fault.lasting());
    this.everyMicros = fault.every().map(FaultPlan::micros).orElse(Long.MAX_VALUE);
    this.cureMicros = fault.cure().map(FaultPlan::micros).orElse(Long.MAX_VALUE);
  }

  @Override
  public double at(long micros) {
    long begins = beginsMicros.getAsLong();
    if (begins == FaultPlan.NOT_YET || micros < begins + atMicros) {
      return 0;
    }
    long since = micros - begins - atMicros;
    long repetition = since / everyMicros;
    long within = since % everyMicros;
    if (within >= lastingMicros || repetition <= cured.get()) {
      return 0;
    }
    if (slowFor(micros, within) >= cureMicros) {
      cured.accumulateAndGet(repetition, Math::max);
      return 0;
    }
    return Math.min(1, Math.min(within, lastingMicros - within) / FLANK_MICROS);
  }

  /** How long the pump has been slow while this lasted. */
  private long slowFor(long micros, long within) {
    OptionalLong since = drive.slowSinceMicros();
    return since.isEmpty() ? 0 : Math.min(within, micros - since.getAsLong());
  }
}
