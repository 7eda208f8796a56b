package io.edgeflow.gateway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.bundle.Gates;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.slot.ComparisonReport.CallTimes;
import io.edgeflow.process.settings.ByteSize;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each gate alone, just kept and just broken. */
final class JudgeTest {
  private static final long MILLI = 1_000_000;
  private static final Judge JUDGE =
      new Judge(
          new Gates(
              Optional.of(Duration.ofMillis(5)),
              Optional.of(new ByteSize(1_000)),
              0.02,
              0.01,
              new Gates.AlarmRate(3, 0.05),
              100),
          new Limits(Duration.ofSeconds(1), new ByteSize(1 << 20), 16));

  private static String broken(Judge.Seen seen) {
    return JUDGE.broken(seen).map(why -> why.replaceAll(":.*", "")).orElse("");
  }

  private static Judge.Seen rows(long rows, long errors, long nans, long alarms) {
    return seen(rows, errors, nans, alarms, 0, 0);
  }

  private static Judge.Seen seen(
      long rows, long errors, long nans, long alarms, long beforeRows, long beforeAlarms) {
    return new Judge.Seen(
        rows, errors, nans, alarms, beforeRows, beforeAlarms, new CallTimes(0, 0, 0, 0), 0, 0);
  }

  private static Judge.Seen times(long calls, long median, long p99) {
    return new Judge.Seen(0, 0, 0, 0, 0, 0, new CallTimes(calls, median, p99, p99), 0, 0);
  }

  /** Two of a hundred may be; of ten so far, three can no longer become two of a hundred. */
  @Test
  void aPartOfTheRowsIsOneOfTheLeastThatCountAtLeast() {
    assertEquals("", broken(rows(10, 0, 2, 0)));
    assertEquals("nanRate", broken(rows(10, 0, 3, 0)));
    assertEquals("", broken(rows(1_000, 10, 20, 0)));
    assertEquals("nanRate", broken(rows(1_000, 0, 21, 0)));
    assertEquals("errorRate", broken(rows(1_000, 11, 0, 0)));
    assertEquals("errorRate", broken(rows(2, 2, 0, 0)));
  }

  @Test
  void alarmsAreTooManyOnlyIfBothBoundsSaySo() {
    assertEquals("", broken(rows(1_000, 0, 0, 50)), "few");
    assertEquals("alarmRate", broken(rows(1_000, 0, 0, 51)), "nobody knows how many there were");
    assertEquals("", broken(seen(1_000, 0, 0, 300, 1_000, 100)), "three times as many");
    assertEquals("alarmRate", broken(seen(1_000, 0, 0, 301, 1_000, 100)));
    assertEquals("alarmRate", broken(seen(10, 0, 0, 6, 99, 99)), "the one before scored too few");
    assertEquals("", broken(seen(10, 0, 0, 6, 100, 100)));
  }

  @Test
  void callsAreSlowUsuallyOrOneInAHundred() {
    assertEquals("", broken(times(9, 9 * MILLI, 9 * MILLI)), "too few calls");
    assertEquals("latencyP99", broken(times(10, 6 * MILLI, 9 * MILLI)));
    assertEquals("", broken(times(99, 5 * MILLI, 900 * MILLI)), "some of few");
    assertEquals("latencyP99", broken(times(300, MILLI, 6 * MILLI)));
    assertEquals("", broken(times(299, MILLI, 6 * MILLI)));
    assertEquals("", broken(times(100, MILLI, 5 * MILLI)));
  }

  @Test
  void memoryAndDeaths() {
    var still = new CallTimes(0, 0, 0, 0);
    assertEquals("", broken(new Judge.Seen(0, 0, 0, 0, 0, 0, still, 1_000, 0)));
    assertEquals("memory", broken(new Judge.Seen(0, 0, 0, 0, 0, 0, still, 1_001, 0)));
    assertEquals("crash", broken(new Judge.Seen(0, 0, 0, 0, 0, 0, still, 0, 1)));
  }

  @Test
  void tooFewRowsAreNeverEnough() {
    assertFalse(JUDGE.isEnough(scored(99, 99)));
    assertTrue(JUDGE.isEnough(scored(100, 100)));
  }

  /** Many rows come in one call where it fell behind: how long calls take is not known then. */
  @Test
  void tooFewCallsAreNeverEnough() {
    assertFalse(JUDGE.isEnough(scored(5_000, 9)));
    assertTrue(JUDGE.isEnough(scored(5_000, 10)));
  }

  private static Judge.Seen scored(long rows, long calls) {
    return new Judge.Seen(rows, 0, 0, 0, 0, 0, new CallTimes(calls, 0, 0, 0), 0, 0);
  }
}
