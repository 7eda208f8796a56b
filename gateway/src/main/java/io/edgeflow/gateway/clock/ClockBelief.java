package io.edgeflow.gateway.clock;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the wall clock is believed, and what time it is if not (T1).
 *
 * <pre>
 *                 OS synchronised, or cloud agrees, or (cloud silent and plausible)
 *   unbelieved ─────────────────────────────────────────────────────────────────────► believed
 *       ▲                cloud disagrees, or before build or vouched time                │
 *       ├────────────────────────────────────────────────────────────────────────────────┤
 *       │                                                                                │
 *       │       OS newly synchronised, or cloud agrees, or jumped back                   │
 *    jumped ◄────────────────────────────────────────────────────────────────────────────┘
 *                 wall time against monotonic time moves by more than maxFuture
 * </pre>
 *
 * <p>Two of the rules are narrower than they could be. The word of the cloud outweighs mere
 * plausibility, because a clock that was restored from a file at boot is plausible and wrong. And
 * only the operating system and the cloud <em>vouch</em>: a merely plausible time is never written
 * down, or one wrong day would make every right one after it look old.
 *
 * <p>A restart does not launder a clock that jumped: see the constructor.
 *
 * <p>Pure: times come in as arguments, microseconds since the epoch and values of {@link
 * System#nanoTime()}. One thread owns it.
 */
public final class ClockBelief {
  private static final long NANOS_PER_MICRO = 1_000;

  /** A caller may ask the system this seldom: an older yes may be from before the jump. */
  private static final long OS_NEWS_NANOS = 10_000_000_000L;

  /** A monotonic clock may run wrong by 200 ppm: one part in this many. */
  private static final long DRIFT_PARTS = 5_000;

  /**
   * A clock that had jumped when the last process ended, and is set to further ahead than this, is
   * likelier wrong again than of a machine that was off for so long.
   */
  private static final long LONGEST_OFF_MICROS = 30L * 24 * 3_600 * 1_000_000;

  private record CloudTime(long micros, long nanos) {}

  private final long maxFutureMicros;
  private final long buildMicros;

  private long vouchedMicros;

  /** The line that time is taken to move on: this time at that monotonic time. */
  private long lineMicros;

  private long lineNanos;
  private OptionalLong withdrawnNanos = OptionalLong.empty();

  /** The line began before this process and does not know how long nothing ran. */
  private boolean switchedOff;

  private OptionalLong lastWallMicros = OptionalLong.empty();
  private long lastWallNanos;

  private boolean believed;
  private boolean everBelieved;
  private OsSync lastOs = OsSync.UNKNOWN;
  private Optional<CloudTime> cloud = Optional.empty();
  private boolean cloudSpokeSince;

  /**
   * @param maxFutureMicros {@code time.maxFuture}: how far wall time may move against monotonic
   *     time, or differ from the cloud's
   * @param buildMicros when this program was built: it is later now
   * @param vouchedMicros the last vouched time that was persisted; {@link Long#MIN_VALUE} for none
   * @param distrustedMicros the last known present of an earlier process that had withdrawn its
   *     belief because of a jump and did not get it back; empty if there was no such thing
   * @param nowNanos the monotonic time now
   */
  public ClockBelief(
      long maxFutureMicros,
      long buildMicros,
      long vouchedMicros,
      OptionalLong distrustedMicros,
      long nowNanos) {
    this.maxFutureMicros = maxFutureMicros;
    this.buildMicros = buildMicros;
    this.vouchedMicros = vouchedMicros;
    this.lineMicros =
        Math.max(Math.max(buildMicros, vouchedMicros), distrustedMicros.orElse(Long.MIN_VALUE));
    this.lineNanos = nowNanos;
    if (distrustedMicros.isPresent()) {
      withdrawnNanos = OptionalLong.of(nowNanos);
      switchedOff = true;
    }
  }

  /** The cloud told its time in answer to a hello; counts from the next observation on. */
  public void cloudSaid(long cloudMicros, long nowNanos) {
    cloud = Optional.of(new CloudTime(cloudMicros, nowNanos));
    cloudSpokeSince = true;
  }

  /**
   * Looks at the clock: every second or so, and before a batch of readings is stamped.
   *
   * @param os asked at most 10 s ago
   */
  public Belief observe(long wallMicros, long nowNanos, OsSync os) {
    boolean onLine = near(wallMicros, line(nowNanos), maxFutureMicros);
    boolean jumpsNow = believed && !onLine;
    if (jumpsNow) {
      withdrawnNanos = OptionalLong.of(nowNanos);
    }
    boolean osVouchesAnew = os == OsSync.YES && isNews(nowNanos);
    lastOs = os;
    if (withdrawnNanos.isPresent()
        && (osVouchesAnew || isBack(wallMicros, nowNanos) || cloudAgrees(wallMicros, nowNanos))) {
      withdrawnNanos = OptionalLong.empty();
      switchedOff = false;
    }
    Basis basis =
        withdrawnNanos.isPresent() ? Basis.JUMPED : basisWithoutJump(wallMicros, nowNanos, os);
    settle(basis, wallMicros, nowNanos);
    lastWallMicros = OptionalLong.of(wallMicros);
    lastWallNanos = nowNanos;
    return new Belief(basis, line(nowNanos), nowNanos);
  }

  /** The time to persist: the last one that the operating system or the cloud vouched for. */
  public OptionalLong vouchedMicros() {
    return vouchedMicros == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(vouchedMicros);
  }

  /** Since when a jump has withdrawn belief, monotonic time. */
  public OptionalLong withdrawnNanos() {
    return withdrawnNanos;
  }

  /** How far a wall time is ahead of the cloud's, as far as the cloud has said. */
  public OptionalLong cloudOffsetMicros(long wallMicros, long nowNanos) {
    return cloud.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(wallMicros - cloudNow(cloud.get(), nowNanos));
  }

  /** The kernel forgets that it was synchronised when it is set: a yes after a no is news. */
  private boolean isNews(long nowNanos) {
    return lastOs != OsSync.YES
        || (withdrawnNanos.isPresent() && nowNanos - withdrawnNanos.getAsLong() > OS_NEWS_NANOS);
  }

  /**
   * Whether a clock that jumped is where time would have taken it. If the line does not know how
   * long nothing ran, only one that is set now can be: where it happens to stand at the start
   * proves nothing, but a person who sets it means it.
   */
  private boolean isBack(long wallMicros, long nowNanos) {
    long off = wallMicros - line(nowNanos);
    boolean set =
        lastWallMicros.isPresent()
            && !near(wallMicros, lastWallMicros.getAsLong() + since(nowNanos), maxFutureMicros);
    return off >= -maxFutureMicros
        && off <= (switchedOff && set ? LONGEST_OFF_MICROS : maxFutureMicros);
  }

  private long since(long nowNanos) {
    return (nowNanos - lastWallNanos) / NANOS_PER_MICRO;
  }

  private Basis basisWithoutJump(long wallMicros, long nowNanos, OsSync os) {
    if (os == OsSync.YES) {
      return Basis.OS_SYNCHRONISED;
    }
    if (cloud.isPresent()) {
      return cloudAgrees(wallMicros, nowNanos) ? Basis.CLOUD_AGREES : Basis.CLOUD_DISAGREES;
    }
    // A clock that was behind at the start passes any fixed time, and is as wrong as before.
    long earliest = everBelieved ? Math.max(buildMicros, vouchedMicros) : line(nowNanos);
    if (wallMicros >= earliest) {
      return Basis.PLAUSIBLE;
    }
    boolean beforeBuild = wallMicros < buildMicros || vouchedMicros < buildMicros;
    return beforeBuild ? Basis.BEFORE_BUILD : Basis.BEFORE_VOUCHED;
  }

  private void settle(Basis basis, long wallMicros, long nowNanos) {
    believed = basis.believed();
    everBelieved |= believed;
    if (believed) {
      lineMicros = wallMicros;
      lineNanos = nowNanos;
    } else if (cloudSpokeSince && cloud.isPresent()) {
      lineMicros = cloud.get().micros;
      lineNanos = cloud.get().nanos;
      vouchedMicros = lineMicros;
    }
    cloudSpokeSince = false;
    if (basis == Basis.OS_SYNCHRONISED || basis == Basis.CLOUD_AGREES) {
      vouchedMicros = wallMicros;
    }
  }

  private boolean cloudAgrees(long wallMicros, long nowNanos) {
    if (cloud.isEmpty()) {
      return false;
    }
    long ageMicros = (nowNanos - cloud.get().nanos) / NANOS_PER_MICRO;
    long tolerance = maxFutureMicros + ageMicros / DRIFT_PARTS;
    return near(wallMicros, cloudNow(cloud.get(), nowNanos), tolerance);
  }

  private static long cloudNow(CloudTime said, long nowNanos) {
    return said.micros + (nowNanos - said.nanos) / NANOS_PER_MICRO;
  }

  private long line(long nowNanos) {
    return lineMicros + (nowNanos - lineNanos) / NANOS_PER_MICRO;
  }

  private static boolean near(long one, long other, long tolerance) {
    return Math.abs(one - other) <= tolerance;
  }
}
