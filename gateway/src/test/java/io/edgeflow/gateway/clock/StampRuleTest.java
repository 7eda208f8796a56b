package io.edgeflow.gateway.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.reading.Quality;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T2. */
final class StampRuleTest {
  private static final long SECOND = 1_000_000;
  private static final long MAX_FUTURE = 300 * SECOND;
  private static final long NOW = micros("2026-03-01T12:00:00Z");
  private static final Belief BELIEVED = new Belief(Basis.PLAUSIBLE, NOW, 5_000_000_000L);
  private static final Belief DOUBTED = new Belief(Basis.JUMPED, NOW, 5_000_000_000L);

  /** A second before the clock was looked at. */
  private static final long ARRIVED_NANOS = 4_000_000_000L;

  private static final long ARRIVED = NOW - SECOND;

  private final StampRule rule = new StampRule(MAX_FUTURE);

  private static long micros(String time) {
    return Instant.parse(time).getEpochSecond() * SECOND;
  }

  private Stamp stamped(long stamp, Belief belief) {
    return rule.stamped(stamp, Quality.GOOD, belief, ARRIVED_NANOS);
  }

  @Test
  void keepsTheStampOfTheSender() {
    assertEquals(
        new Stamp(NOW - 7, Quality.GOOD, StampSource.SENDER, NOW - 7), stamped(NOW - 7, BELIEVED));
  }

  @Test
  void welcomesThePastBackToTheYear2000() {
    long first = micros("2000-01-01T00:00:00Z");
    assertEquals(
        new Stamp(first, Quality.GOOD, StampSource.SENDER, first), stamped(first, BELIEVED));
    assertEquals(
        new Stamp(ARRIVED, Quality.UNCERTAIN, StampSource.REPLACED, first - 1),
        stamped(first - 1, BELIEVED));
  }

  @Test
  void replacesAStampFarAheadOfABelievedClock() {
    long limit = ARRIVED + MAX_FUTURE;
    assertEquals(
        new Stamp(limit, Quality.GOOD, StampSource.SENDER, limit), stamped(limit, BELIEVED));
    assertEquals(
        new Stamp(ARRIVED, Quality.UNCERTAIN, StampSource.REPLACED, limit + 1),
        stamped(limit + 1, BELIEVED));
  }

  @Test
  void judgesNobodyByAClockThatIsNotBelieved() {
    long ahead = micros("2036-03-01T00:00:00Z");
    assertEquals(
        new Stamp(ahead, Quality.UNCERTAIN, StampSource.SENDER, ahead), stamped(ahead, DOUBTED));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE + 1,
        -1,
        0,
        946_684_799_999_999L,
        7_258_118_400_000_000L,
        Long.MAX_VALUE
      })
  void replacesTheImpossibleWhateverTheClock(long stamp) {
    Stamp replaced = new Stamp(ARRIVED, Quality.UNCERTAIN, StampSource.REPLACED, stamp);
    assertEquals(replaced, stamped(stamp, BELIEVED));
    assertEquals(replaced, stamped(stamp, DOUBTED));
  }

  @Test
  void placesUnstampedReadingsAtTheirArrival() {
    assertEquals(
        new Stamp(ARRIVED, Quality.GOOD, StampSource.ARRIVAL, Stamp.NO_CLAIM),
        rule.unstamped(Quality.GOOD, BELIEVED, ARRIVED_NANOS));
    assertEquals(
        new Stamp(ARRIVED, Quality.UNCERTAIN, StampSource.ARRIVAL, Stamp.NO_CLAIM),
        rule.unstamped(Quality.GOOD, DOUBTED, ARRIVED_NANOS));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCERTAIN", "STALE", "BAD"})
  void neverMakesAWorseQualityBetter(Quality quality) {
    assertSame(quality, rule.stamped(0, quality, BELIEVED, 0).quality());
    assertSame(quality, rule.stamped(NOW, quality, DOUBTED, 0).quality());
    assertSame(quality, rule.stamped(NOW, quality, BELIEVED, 0).quality());
    assertSame(quality, rule.unstamped(quality, DOUBTED, 0).quality());
  }

  @Test
  void knowsTheYearsItSpeaksOf() {
    assertEquals(micros("2000-01-01T00:00:00Z"), StampRule.EARLIEST_MICROS);
    assertEquals(micros("2200-01-01T00:00:00Z"), StampRule.LATEST_MICROS);
  }

  @Test
  void keepsTheCodesOfSources() {
    assertEquals(0, StampSource.SENDER.code());
    assertEquals(1, StampSource.ARRIVAL.code());
    assertEquals(2, StampSource.REPLACED.code());
    for (StampSource source : StampSource.values()) {
      assertSame(source, StampSource.ofCode(source.code()));
    }
    assertThrows(IllegalArgumentException.class, () -> StampSource.ofCode(3));
  }
}
