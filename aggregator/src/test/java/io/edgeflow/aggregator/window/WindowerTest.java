package io.edgeflow.aggregator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules T3, T4 and what take means, by example. */
final class WindowerTest {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final WindowRule RULE = new WindowRule(MINUTE, 2 * SECOND);

  /** A full minute, some time after 2000. */
  private static final long T0 = 30_000_000 * MINUTE;

  private final Windower windower = new Windower(RULE);

  /** Monotonic time runs with the wall clock here, from an origin of its own. */
  private static long nanos(long wallMicros) {
    return (wallMicros - T0) * 1_000 - 77;
  }

  private void fold(long timeMicros, double value) {
    foldAt(timeMicros, timeMicros, value);
  }

  private void foldAt(long nowMicros, long timeMicros, double value) {
    windower.fold(0, timeMicros, value, Quality.GOOD, nanos(nowMicros));
  }

  private List<Long> dueAt(long nowMicros) {
    return due(nowMicros, nanos(nowMicros));
  }

  private List<Long> due(long believedMicros, long nowNanos) {
    List<Long> due = new ArrayList<>();
    windower.due(believedMicros, nowNanos, (_, start) -> due.add(start));
    return due;
  }

  @Test
  void describesTheReadingsOfAWindow() {
    fold(T0 + 3 * SECOND, 4);
    fold(T0 + SECOND, 1);
    fold(T0 + 2 * SECOND, 10);
    windower.fold(0, T0, 5, Quality.UNCERTAIN, 0);
    windower.fold(0, T0 + 4 * SECOND, Double.NaN, Quality.STALE, 0);
    windower.fold(0, T0 + 5 * SECOND, Double.NaN, Quality.BAD, 0);

    Window window = windower.peek(0, T0);

    assertEquals(
        new Window(T0, MINUTE, 6, 1, 1, 1, 1, 10, 20, 42, T0, 5, T0 + 3 * SECOND, 4), window);
    assertEquals(5, window.mean());
    assertEquals(10.5, window.variance());
  }

  @Test
  void countsReadingsWithoutAValueInAWindowWithoutAggregates() {
    windower.fold(0, T0 + 5, Double.NaN, Quality.BAD, 0);
    windower.fold(0, T0 + 7, 3, Quality.STALE, 0);

    Window window = windower.peek(0, T0);

    double none = Double.NaN;
    assertEquals(new Window(T0, MINUTE, 2, 0, 1, 1, none, none, 0, 0, T0, none, T0, none), window);
  }

  @Test
  void closesAWindowWhenTheNewestEventTimeLessGracePassesItsEnd() {
    fold(T0 + 30 * SECOND, 1);
    fold(T0 + MINUTE + 2 * SECOND - 1, 1);
    assertEquals(List.of(), dueAt(T0 + MINUTE + 2 * SECOND));

    fold(T0 + MINUTE + 2 * SECOND, 1);
    assertEquals(List.of(T0), dueAt(T0 + MINUTE + 2 * SECOND));
  }

  @Test
  void keepsAWatermarkBehindTheBelievedClock() {
    fold(T0 + 30 * SECOND, 1);
    foldAt(T0 + 31 * SECOND, T0 + 4 * MINUTE, 1);

    assertEquals(List.of(), dueAt(T0 + 32 * SECOND));
    foldAt(T0 + 62 * SECOND, T0 + 50 * SECOND, 1);
    assertEquals(List.of(T0), dueAt(T0 + 62 * SECOND));
  }

  @Test
  void letsAWatermarkPassAClockThatNobodyBelieves() {
    fold(T0 + 30 * SECOND, 1);
    fold(T0 + 4 * MINUTE, 1);

    assertEquals(List.of(T0), due(Windower.NO_CLOCK, nanos(T0 + 31 * SECOND)));
  }

  @Test
  void takesWindowsOnTimeAsOnTimeAfterAStampFarAhead() {
    foldAt(T0, T0 + 100 * 365 * 24 * 60 * MINUTE, 1);
    foldAt(T0 + 10 * SECOND, T0 + 10 * SECOND, 1);
    assertEquals(List.of(), dueAt(T0 + 61 * SECOND));
    assertEquals(List.of(T0), dueAt(T0 + 62 * SECOND));
  }

  @Test
  void closesASeriesThatFellSilentByMonotonicTime() {
    fold(T0 + 10 * SECOND, 1);
    assertEquals(List.of(), due(T0, nanos(T0 + 72 * SECOND) - 1));
    assertEquals(List.of(T0), due(T0, nanos(T0 + 72 * SECOND)));
  }

  @Test
  void reportsAWindowUntilItIsTaken() {
    fold(T0, 1);
    fold(T0 + 3 * MINUTE, 1);
    assertEquals(List.of(T0), dueAt(T0 + 3 * MINUTE));
    foldAt(T0 + 3 * MINUTE, T0 + 1, 2);
    assertEquals(List.of(T0), dueAt(T0 + 3 * MINUTE));

    assertEquals(2, windower.take(0, T0).count());
    assertEquals(List.of(), dueAt(T0 + 3 * MINUTE));
    assertFalse(windower.isOpen(0, T0));
  }

  @Test
  void collectsLateReadingsForOneWindowLength() {
    fold(T0 + 10 * MINUTE, 1);
    long late = T0 + 10 * MINUTE + SECOND;
    foldAt(late, T0, 1);
    foldAt(late + 20 * SECOND, T0 + 1, 2);
    foldAt(late + 55 * SECOND, T0 + 10 * MINUTE + 56 * SECOND, 3);
    assertEquals(List.of(), dueAt(late + 60 * SECOND - 1));
    assertEquals(List.of(T0), dueAt(late + 60 * SECOND));
    assertEquals(2, windower.take(0, T0).count());
  }

  @Test
  void opensASupplementForAMinuteThatWasTaken() {
    fold(T0, 1);
    fold(T0 + MINUTE + 30 * SECOND, 1);
    Window first = windower.take(0, T0);
    foldAt(T0 + MINUTE + 31 * SECOND, T0 + 5, 7);
    assertEquals(List.of(), dueAt(T0 + MINUTE + 31 * SECOND));
    foldAt(T0 + 2 * MINUTE, T0 + 2 * MINUTE, 1);
    assertEquals(List.of(T0), dueAt(T0 + 2 * MINUTE + 31 * SECOND).subList(0, 1));

    Window whole = first.merge(windower.take(0, T0));
    assertEquals(2, whole.count());
    assertEquals(8, whole.sum());
  }

  @Test
  void closesAWindowWhoseSensorRepeatsOneStampForEver() {
    long limit = T0 + 124 * SECOND;
    for (long now = T0; now < limit; now += SECOND) {
      foldAt(now, T0, 1);
      assertEquals(List.of(), dueAt(now));
    }
    foldAt(limit, T0, 1);
    assertEquals(List.of(T0), dueAt(limit));
  }

  @Test
  void letsNoFloodOfLateMinutesWait() {
    fold(T0 + 100_000 * MINUTE, 1);
    long now = T0 + 100_000 * MINUTE;
    int flood = Windower.MAX_SPARE_WINDOWS + 1;
    for (int i = 0; i < flood - 1; i++) {
      foldAt(now, T0 + i * MINUTE, 1);
    }
    assertEquals(List.of(), dueAt(now));
    foldAt(now, T0 - MINUTE, 1);
    assertEquals(flood, dueAt(now).size());
  }

  @Test
  void letsTheSinkTakeWhatItIsToldOf() {
    for (int series = 0; series < 100; series++) {
      for (int minute = 0; minute < 5; minute++) {
        windower.fold(series, T0 + minute * MINUTE, 1, Quality.GOOD, 0);
      }
    }
    List<String> told = new ArrayList<>();
    windower.all(
        (series, start) -> {
          windower.take(series, start);
          told.add(series + "@" + (start - T0) / MINUTE);
        });
    assertEquals(500, told.size());
    assertEquals(List.of("0@0", "0@1", "0@2", "0@3", "0@4", "1@0"), told.subList(0, 6));
    assertEquals(0, windower.open());
  }

  @Test
  void refusesToTakeWhatIsNotOpen() {
    fold(T0, 1);
    assertThrows(IllegalStateException.class, () -> windower.take(0, T0 + MINUTE));
    assertThrows(IllegalStateException.class, () -> windower.take(1, T0));
    assertThrows(IllegalStateException.class, () -> windower.peek(0, T0 + 1));
    assertTrue(windower.isOpen(0, T0));
  }

  @Test
  void findsTheWindowOfTimesBefore1970() {
    fold(-1, 1);
    assertEquals(1, windower.peek(0, -MINUTE).count());
  }

  @Test
  void countsWhatIsPending() {
    for (int i = 0; i < 10; i++) {
      windower.fold(i, T0 + i * 10L * SECOND, 1, Quality.BAD, 0);
      windower.fold(i, T0, 1, Quality.GOOD, 0);
    }
    assertEquals(20, windower.pendingReadings());
    assertEquals(14, windower.open());
    windower.take(0, T0);
    assertEquals(18, windower.pendingReadings());
  }
}
