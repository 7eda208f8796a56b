package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int READ = 16 * 1024;

  /** A line that gives so much, read through a throttle. */
  private static final class Line {
    final Throttle throttle;
    final double bytesPerSecond;
    final LongPredicate behind;
    long now = -5 * SECOND;
    final long began = now;

    Line(Throttle throttle, double bytesPerSecond, LongPredicate behind) {
      this.throttle = throttle;
      this.bytesPerSecond = bytesPerSecond;
      this.behind = behind;
    }

    /** How many bytes came in that time. */
    long run(long nanos) {
      long end = now + nanos;
      long bytes = 0;
      while (now < end) {
        now += (long) (READ / bytesPerSecond * SECOND);
        bytes += READ;
        now += throttle.took(READ, behind.test(now - began), now);
      }
      return bytes;
    }
  }

  private static void assertNear(long expected, long actual, long off) {
    assertTrue(Math.abs(actual - expected) <= off, actual + " instead of " + expected);
  }

  @Test
  void keepsTheRateThatIsSet() {
    var line = new Line(new Throttle(100_000), 10_000_000, _ -> false);
    assertNear(1_000_000, line.run(10 * SECOND), 50_000);
  }

  @Test
  void goesAsFastAsTheLineWhereNothingIsSet() {
    var line = new Line(new Throttle(Long.MAX_VALUE), 10_000_000, _ -> false);
    assertNear(100_000_000, line.run(10 * SECOND), 1_000_000);
  }

  @Test
  void slowsToATrickleWhileTelemetryWaitsAndNeverStands() {
    var line = new Line(new Throttle(Long.MAX_VALUE), 1_000_000, _ -> true);
    assertTrue(line.run(SECOND / 2) < 600_000);
    assertTrue(line.run(2 * SECOND) < 500_000, "halves every quarter of a second");
    line.run(8 * SECOND);
    assertNear(10 * Throttle.TRICKLE, line.run(10 * SECOND), 3 * READ);
  }

  @Test
  void comesBackWhenTelemetryWaitsNoMore() {
    var line = new Line(new Throttle(Long.MAX_VALUE), 1_000_000, at -> at < 5 * SECOND);
    line.run(5 * SECOND);
    line.run(25 * SECOND);
    assertNear(1_000_000, line.run(SECOND), 50_000);
  }

  @Test
  void staysBelowWhatIsSetEvenAsATrickle() {
    var line = new Line(new Throttle(1024), 1_000_000, _ -> true);
    assertTrue(line.run(160 * SECOND) <= 11 * READ);
  }

  @Test
  void savesNothingUpWhileNothingComes() {
    var throttle = new Throttle(READ);
    throttle.took(READ, false, 0);
    assertEquals(SECOND, throttle.took(READ, false, 1_000 * SECOND));
  }
}
