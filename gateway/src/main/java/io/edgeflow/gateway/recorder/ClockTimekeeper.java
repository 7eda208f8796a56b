package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.gateway.clock.Belief;
import io.edgeflow.gateway.clock.ClockBelief;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.gateway.clock.Stamp;
import io.edgeflow.gateway.clock.StampRule;
import java.util.OptionalLong;

/**
 * {@link Timekeeper} by the rules of the clock package. Owned by the owner thread, but for {@link
 * #presentMicrosNow}.
 */
final class ClockTimekeeper implements Timekeeper {
  /** Asking the kernel costs a system call, and its answer changes seldom. */
  private static final long ASK_OS_NANOS = 1_000_000_000L;

  /** Flash wears: a vouched time that is a minute old serves as well. */
  private static final long PERSIST_MICROS = 60_000_000;

  private final EdgeTime clocks;
  private final ClockBelief belief;
  private final StampRule rule;
  private OsSync os;
  private long osAskedNanos;
  private long persistedMicros;
  private long wallMicros;
  private volatile Belief now;

  /**
   * @param vouchedMicros the last vouched time in the journal; 0 if there is none
   * @param distrustedMicros the last present in the journal since a jump withdrew the belief; 0 if
   *     none did
   */
  ClockTimekeeper(EdgeTime clocks, long vouchedMicros, long distrustedMicros) {
    this.clocks = clocks;
    this.rule = new StampRule(clocks.maxFutureMicros());
    this.persistedMicros = vouchedMicros;
    long nanos = clocks.nanos().getAsLong();
    this.belief =
        new ClockBelief(
            clocks.maxFutureMicros(),
            clocks.buildMicros(),
            vouchedMicros == 0 ? Long.MIN_VALUE : vouchedMicros,
            distrustedMicros == 0 ? OptionalLong.empty() : OptionalLong.of(distrustedMicros),
            nanos);
    this.os = clocks.os().get();
    this.osAskedNanos = nanos;
    this.wallMicros = clocks.wallMicros().getAsLong();
    this.now = belief.observe(wallMicros, nanos, os);
  }

  @Override
  public void look() {
    long nanos = clocks.nanos().getAsLong();
    if (nanos - osAskedNanos >= ASK_OS_NANOS) {
      os = clocks.os().get();
      osAskedNanos = nanos;
    }
    wallMicros = clocks.wallMicros().getAsLong();
    now = belief.observe(wallMicros, nanos, os);
  }

  @Override
  public long nanos() {
    return now.nanos();
  }

  @Override
  public long presentMicros() {
    return now.presentMicros();
  }

  @Override
  public long presentMicrosNow() {
    return now.at(clocks.nanos().getAsLong());
  }

  @Override
  public Belief belief() {
    return now;
  }

  @Override
  public long wallAheadMicros() {
    return wallMicros - now.presentMicros();
  }

  @Override
  public long watermarkLimitMicros() {
    return now.believed() ? now.presentMicros() : Windower.NO_CLOCK;
  }

  @Override
  public void stamp(
      boolean stamped, long stampMicros, Quality quality, long arrivedNanos, DecidedReading into) {
    Stamp stamp =
        stamped
            ? rule.stamped(stampMicros, quality, now, arrivedNanos)
            : rule.unstamped(quality, now, arrivedNanos);
    into.eventMicros = stamp.timeMicros();
    into.quality = stamp.quality();
    into.source = stamp.source();
    into.stampMicros = stamp.claimedMicros();
  }

  @Override
  public long vouchedToPersist() {
    OptionalLong vouched = belief.vouchedMicros();
    if (vouched.isEmpty() || Math.abs(vouched.getAsLong() - persistedMicros) < PERSIST_MICROS) {
      return 0;
    }
    persistedMicros = vouched.getAsLong();
    return persistedMicros;
  }

  @Override
  public void cloudSaid(long cloudMicros) {
    belief.cloudSaid(cloudMicros, clocks.nanos().getAsLong());
  }

  @Override
  public ClockFigures figures() {
    OptionalLong offset = belief.cloudOffsetMicros(clocks.wallMicros().getAsLong(), now.nanos());
    return new ClockFigures(now.believed(), now.basis().words(), now.presentMicros(), offset);
  }
}
