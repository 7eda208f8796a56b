package io.edgeflow.gateway.site.mandate;

/**
 * How much of a mandate's time is used, whatever happened to clocks and machine since it came: as
 * much as monotonic time says within one start of the machine, and over another one as much as a
 * believed wall clock says, if that is more. It never gets less.
 *
 * @param boot of the last look
 * @param nanos monotonic, of the last look
 * @param usedNanos up to the last look, at least
 * @param fromMicros when it came, by a believed wall clock; else when it was issued, which is
 *     before
 * @param sure whether it cannot be more: false after a start of the machine until a wall clock is
 *     believed, because nobody knows how long the machine was off
 */
public record Age(String boot, long nanos, long usedNanos, long fromMicros, boolean sure) {
  private static final long NANOS_OF_MICRO = 1_000;

  /** Of a mandate that has just come. */
  static Age begin(Moment now, long issuedMicros) {
    return new Age(now.boot(), now.nanos(), 0, now.wallMicros().orElse(issuedMicros), true);
  }

  Age at(Moment now) {
    boolean comparable = now.boot().equals(boot) && now.nanos() >= nanos;
    long used = comparable ? usedNanos + (now.nanos() - nanos) : usedNanos;
    if (now.wallMicros().isPresent()) {
      long byWall = (now.wallMicros().getAsLong() - fromMicros) * NANOS_OF_MICRO;
      return new Age(now.boot(), now.nanos(), Math.max(used, byWall), fromMicros, true);
    }
    return new Age(now.boot(), now.nanos(), used, fromMicros, sure && comparable);
  }
}
