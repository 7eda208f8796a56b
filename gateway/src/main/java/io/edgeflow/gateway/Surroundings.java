package io.edgeflow.gateway;

import io.edgeflow.gateway.clock.OsClock;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.NioDisk;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an edge process takes from the machine. Fault drills hand in disks that fail and clocks that
 * jump; everything else of the process is the real one.
 *
 * @param disk holds the data directory; the free space of the volume is still asked of the system
 * @param wallMicros the wall clock, microseconds since the epoch
 * @param nanos monotonic time
 * @param os whether the operating system says that the wall clock is synchronised
 * @param taps see what passes through
 */
public record Surroundings(
    Disk disk, LongSupplier wallMicros, LongSupplier nanos, Supplier<OsSync> os, Taps taps) {
  /** The machine as it is. */
  public static Surroundings real() {
    Clock clock = Clock.systemUTC();
    return new Surroundings(
        new NioDisk(),
        () -> ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()),
        System::nanoTime,
        new OsClock()::synchronised,
        Taps.NONE);
  }

  public Surroundings withDisk(Disk other) {
    return new Surroundings(other, wallMicros, nanos, os, taps);
  }

  /**
   * @param synchronised whether the operating system vouches for that clock
   */
  public Surroundings withClock(LongSupplier micros, Supplier<OsSync> synchronised) {
    return new Surroundings(disk, micros, nanos, synchronised, taps);
  }

  public Surroundings withTaps(Taps others) {
    return new Surroundings(disk, wallMicros, nanos, os, others);
  }
}
