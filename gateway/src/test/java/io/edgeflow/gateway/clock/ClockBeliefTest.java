package io.edgeflow.gateway.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** T1, as a story on a clock that is moved by hand. */
final class ClockBeliefTest {
  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long YEAR = 8_766 * HOUR;
  private static final long MAX_FUTURE = 300 * SECOND;
  private static final long BUILD = micros("2025-11-01T00:00:00Z");
  private static final long VOUCHED = micros("2026-02-01T00:00:00Z");
  private static final long NOW = micros("2026-03-01T12:00:00Z");

  private static final OptionalLong TRUSTED = OptionalLong.empty();

  /** A monotonic clock that passes through its greatest value during the tests. */
  private long nanos = Long.MAX_VALUE - 1_000_000_000L;

  private final ClockBelief clock = new ClockBelief(MAX_FUTURE, BUILD, VOUCHED, TRUSTED, nanos);

  private static long micros(String time) {
    return Instant.parse(time).getEpochSecond() * SECOND;
  }

  private void pass(long micros) {
    nanos += micros * 1_000;
  }

  private Belief observe(long wallMicros, OsSync os) {
    return clock.observe(wallMicros, nanos, os);
  }

  private void assertBasis(Basis expected, long wallMicros, OsSync os) {
    assertEquals(expected, observe(wallMicros, os).basis());
  }

  @Test
  void believesWhatTheSystemVouchesForAndRemembersIt() {
    Belief belief = observe(NOW, OsSync.YES);
    assertEquals(new Belief(Basis.OS_SYNCHRONISED, NOW, nanos), belief);
    assertTrue(belief.believed());
    assertEquals(OptionalLong.of(NOW), clock.vouchedMicros());
  }

  @Test
  void believesThePlausibleButNeverWritesItDown() {
    assertBasis(Basis.PLAUSIBLE, NOW, OsSync.UNKNOWN);
    assertBasis(Basis.PLAUSIBLE, NOW, OsSync.NO);
    assertEquals(OptionalLong.of(VOUCHED), clock.vouchedMicros());
  }

  @Test
  void hasNothingToPersistUntilSomebodyVouched() {
    ClockBelief fresh = new ClockBelief(MAX_FUTURE, BUILD, Long.MIN_VALUE, TRUSTED, nanos);
    assertEquals(Basis.PLAUSIBLE, fresh.observe(NOW, nanos, OsSync.UNKNOWN).basis());
    assertEquals(OptionalLong.empty(), fresh.vouchedMicros());
  }

  @Test
  void doubtsATimeBeforeTheBuildOrTheVouchedTime() {
    assertBasis(Basis.BEFORE_BUILD, BUILD - 1, OsSync.UNKNOWN);
    assertBasis(Basis.BEFORE_VOUCHED, VOUCHED - 1, OsSync.NO);
    assertBasis(Basis.PLAUSIBLE, VOUCHED, OsSync.NO);
  }

  @Test
  void countsOnFromTheVouchedTimeWhileItHasNoClock() {
    observe(0, OsSync.NO);
    pass(90 * SECOND);
    Belief belief = observe(90 * SECOND, OsSync.NO);
    assertEquals(VOUCHED + 90 * SECOND, belief.presentMicros());
    assertEquals(VOUCHED + 89 * SECOND, belief.at(nanos - SECOND * 1_000));
  }

  /** A clock that boots behind the vouched time runs past it: that makes it no better. */
  @Test
  void isNotWonByAWrongClockThatRunsLongEnough() {
    assertBasis(Basis.BEFORE_VOUCHED, VOUCHED - HOUR, OsSync.NO);
    pass(2 * HOUR);
    Belief belief = observe(VOUCHED + HOUR, OsSync.NO);
    assertEquals(new Belief(Basis.BEFORE_VOUCHED, VOUCHED + 2 * HOUR, nanos), belief);
    assertBasis(Basis.PLAUSIBLE, VOUCHED + 3 * HOUR, OsSync.NO);
    ClockBelief fresh = new ClockBelief(MAX_FUTURE, BUILD, Long.MIN_VALUE, TRUSTED, nanos);
    assertEquals(Basis.BEFORE_BUILD, fresh.observe(BUILD - HOUR, nanos, OsSync.NO).basis());
    pass(2 * HOUR);
    assertEquals(Basis.BEFORE_BUILD, fresh.observe(BUILD + HOUR, nanos, OsSync.NO).basis());
  }

  @Test
  void learnsTheTimeLaterFromTheSystem() {
    observe(5 * SECOND, OsSync.NO);
    pass(60 * SECOND);
    assertEquals(new Belief(Basis.OS_SYNCHRONISED, NOW, nanos), observe(NOW, OsSync.YES));
  }

  @Test
  void learnsTheTimeLaterFromTheCloudThoughItsOwnClockStaysWrong() {
    observe(5 * SECOND, OsSync.NO);
    pass(60 * SECOND);
    clock.cloudSaid(NOW, nanos);
    pass(2 * SECOND);
    Belief belief = observe(67 * SECOND, OsSync.NO);
    assertEquals(new Belief(Basis.CLOUD_DISAGREES, NOW + 2 * SECOND, nanos), belief);
    assertEquals(OptionalLong.of(NOW), clock.vouchedMicros());

    pass(SECOND);
    assertBasis(Basis.CLOUD_AGREES, NOW + 3 * SECOND, OsSync.NO);
    assertEquals(OptionalLong.of(NOW + 3 * SECOND), clock.vouchedMicros());
  }

  @Test
  void takesTheWordOfTheCloudOverPlausibility() {
    assertBasis(Basis.PLAUSIBLE, NOW, OsSync.UNKNOWN);
    clock.cloudSaid(NOW + 2 * HOUR, nanos);
    Belief belief = observe(NOW, OsSync.UNKNOWN);
    assertEquals(new Belief(Basis.CLOUD_DISAGREES, NOW + 2 * HOUR, nanos), belief);
    assertBasis(Basis.OS_SYNCHRONISED, NOW, OsSync.YES);
  }

  @Test
  void agreesWithTheCloudWithinMaxFutureOnly() {
    clock.cloudSaid(NOW, nanos);
    assertBasis(Basis.CLOUD_AGREES, NOW + MAX_FUTURE, OsSync.UNKNOWN);
    assertEquals(OptionalLong.of(MAX_FUTURE), clock.cloudOffsetMicros(NOW + MAX_FUTURE, nanos));
    ClockBelief other = new ClockBelief(MAX_FUTURE, BUILD, VOUCHED, TRUSTED, nanos);
    other.cloudSaid(NOW, nanos);
    assertEquals(
        Basis.CLOUD_DISAGREES, other.observe(NOW - MAX_FUTURE - 1, nanos, OsSync.UNKNOWN).basis());
  }

  @Test
  void goesOnWithTheOldTimeAfterAJumpOfTenYears() {
    observe(NOW, OsSync.UNKNOWN);
    pass(SECOND);
    Belief belief = observe(NOW + 10 * YEAR, OsSync.UNKNOWN);
    assertEquals(new Belief(Basis.JUMPED, NOW + SECOND, nanos), belief);
    assertEquals(OptionalLong.of(nanos), clock.withdrawnNanos());
    pass(HOUR);
    assertBasis(Basis.JUMPED, NOW + 10 * YEAR + HOUR, OsSync.UNKNOWN);
    assertEquals(OptionalLong.of(VOUCHED), clock.vouchedMicros());
  }

  @Test
  void withdrawsBeliefWhenTheClockIsSetBackOneHour() {
    observe(NOW, OsSync.UNKNOWN);
    pass(10 * SECOND);
    Belief belief = observe(NOW + 10 * SECOND - HOUR, OsSync.UNKNOWN);
    assertEquals(new Belief(Basis.JUMPED, NOW + 10 * SECOND, nanos), belief);
  }

  @Test
  void believesAgainWhenTheClockComesBackFrom1970() {
    observe(NOW, OsSync.NO);
    pass(SECOND);
    assertBasis(Basis.JUMPED, 0, OsSync.NO);
    pass(HOUR);
    Belief belief = observe(NOW + HOUR + 20 * SECOND, OsSync.NO);
    assertEquals(new Belief(Basis.PLAUSIBLE, NOW + HOUR + 20 * SECOND, nanos), belief);
    assertEquals(OptionalLong.empty(), clock.withdrawnNanos());
  }

  @Test
  void toleratesWhatIsNoJump() {
    observe(NOW, OsSync.UNKNOWN);
    pass(SECOND);
    assertBasis(Basis.PLAUSIBLE, NOW + SECOND + MAX_FUTURE, OsSync.UNKNOWN);
    assertBasis(Basis.PLAUSIBLE, NOW + SECOND, OsSync.UNKNOWN);
  }

  @Test
  void believesAJumpThatTheSystemVouchesForAnew() {
    observe(NOW, OsSync.NO);
    assertBasis(Basis.OS_SYNCHRONISED, NOW + 48 * HOUR, OsSync.YES);
    assertEquals(OptionalLong.of(NOW + 48 * HOUR), clock.vouchedMicros());
  }

  @Test
  void doubtsAJumpUntilASynchronisedSystemSaysSoAgain() {
    observe(NOW, OsSync.YES);
    assertBasis(Basis.JUMPED, NOW + 10 * YEAR, OsSync.YES);
    pass(10 * SECOND);
    // That answer may be from before the jump.
    assertBasis(Basis.JUMPED, NOW + 10 * YEAR, OsSync.YES);
    assertEquals(OptionalLong.of(NOW), clock.vouchedMicros());
    pass(1);
    assertBasis(Basis.OS_SYNCHRONISED, NOW + 10 * YEAR, OsSync.YES);
  }

  @Test
  void believesAJumpThatTheCloudAgreesWith() {
    observe(NOW, OsSync.UNKNOWN);
    assertBasis(Basis.JUMPED, NOW + 48 * HOUR, OsSync.UNKNOWN);
    clock.cloudSaid(NOW + 48 * HOUR, nanos);
    assertBasis(Basis.CLOUD_AGREES, NOW + 48 * HOUR, OsSync.UNKNOWN);
  }

  @Test
  void keepsBelievingACloudThatWasSilentForMonths() {
    clock.cloudSaid(NOW, nanos);
    long wall = NOW;
    for (int hour = 0; hour < 2_000; hour++) {
      pass(HOUR);
      // 150 ppm of drift.
      wall += HOUR + HOUR * 150 / 1_000_000;
      assertBasis(Basis.CLOUD_AGREES, wall, OsSync.NO);
    }
  }

  @Test
  void remembersTheLastVouchedTimeNotTheGreatest() {
    observe(NOW + 10 * YEAR, OsSync.YES);
    assertBasis(Basis.JUMPED, NOW, OsSync.NO);
    assertBasis(Basis.OS_SYNCHRONISED, NOW, OsSync.YES);
    assertEquals(OptionalLong.of(NOW), clock.vouchedMicros());
  }

  /** A restart behind a jump, with the clock as it is then. */
  private void assertAfterRestart(Basis expected, long wallMicros, OsSync os) {
    ClockBelief next = new ClockBelief(MAX_FUTURE, BUILD, VOUCHED, OptionalLong.of(NOW), nanos);
    assertEquals(expected, next.observe(wallMicros, nanos, os).basis());
  }

  @Test
  void remembersAJumpAcrossARestart() {
    assertAfterRestart(Basis.JUMPED, NOW + 10 * YEAR, OsSync.NO);
    assertAfterRestart(Basis.JUMPED, NOW + 48 * HOUR, OsSync.UNKNOWN);
    assertAfterRestart(Basis.JUMPED, NOW - HOUR, OsSync.NO);
    assertAfterRestart(Basis.JUMPED, 0, OsSync.NO);
  }

  @Test
  void believesAtOnceAfterARestartWhatIsOnTheLineOrVouchedFor() {
    assertAfterRestart(Basis.PLAUSIBLE, NOW + MAX_FUTURE, OsSync.NO);
    assertAfterRestart(Basis.OS_SYNCHRONISED, NOW + 10 * YEAR, OsSync.YES);
    // It may have been off for an hour, or be wrong by one.
    assertAfterRestart(Basis.JUMPED, NOW + HOUR, OsSync.NO);
  }

  @Test
  void believesAPersonWhoSetsTheClockAfterARestart() {
    ClockBelief next = new ClockBelief(MAX_FUTURE, BUILD, VOUCHED, OptionalLong.of(NOW), nanos);
    assertEquals(Basis.JUMPED, next.observe(0, nanos, OsSync.NO).basis());
    pass(SECOND);
    assertEquals(Basis.JUMPED, next.observe(NOW + 10 * YEAR, nanos, OsSync.NO).basis());
    pass(SECOND);
    assertEquals(Basis.PLAUSIBLE, next.observe(NOW + 48 * HOUR, nanos, OsSync.NO).basis());
  }

  @Test
  void goesOnAfterARestartWhereTheJumpWithdrewItsBelief() {
    ClockBelief next = new ClockBelief(MAX_FUTURE, BUILD, VOUCHED, OptionalLong.of(NOW), nanos);
    pass(5 * SECOND);
    Belief belief = next.observe(NOW + 10 * YEAR, nanos, OsSync.NO);
    assertEquals(new Belief(Basis.JUMPED, NOW + 5 * SECOND, nanos), belief);
  }
}
