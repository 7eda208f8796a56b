package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.WindowRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T1 to T3 through the real recorder: the clock jumps, or was never right. */
final class ClockJumpTest {
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long YEAR = 8_766 * HOUR;

  @TempDir Path temp;

  private static void jumpTo(Edge edge, long wallMicros) {
    edge.betweenRounds(
        () -> {
          edge.os.set(OsSync.NO); // The kernel forgets that it was synchronised when it is set.
          edge.wallMicros.set(wallMicros);
          edge.pass(2 * SECOND); // The system is asked once a second.
        });
    edge.awaitRound();
  }

  /** The time that an unstamped reading of now gets, and its quality. */
  private static LatestReading placed(Edge edge) {
    edge.awaitSafe(edge.publish("pump-7/level", "7"));
    return edge.recorder.latest().join().stream()
        .filter(reading -> reading.series().equals("pump-7/level"))
        .findAny()
        .orElseThrow();
  }

  /** Every window that is numbered, oldest first. */
  private static List<Window> windows(Edge edge, String series) {
    List<Window> windows = new ArrayList<>();
    for (Frame frame : edge.frames().values()) {
      for (WindowRow row : frame.windows()) {
        if (frame.series().get(row.series()).name().equals(series)) {
          windows.add(row.window());
        }
      }
    }
    windows.sort(Comparator.comparingLong(Window::startMicros));
    return windows;
  }

  private static List<EventRow> events(Edge edge) {
    return edge.frames().values().stream().flatMap(frame -> frame.events().stream()).toList();
  }

  private static List<String> types(List<EventRow> events) {
    return events.stream()
        .sorted(Comparator.comparingLong(EventRow::timeMicros))
        .map(EventRow::type)
        .toList();
  }

  /** Ten years ahead, one hour back, and 1970; and back again each time. */
  @ParameterizedTest
  @ValueSource(longs = {10 * YEAR, -HOUR, -START_MICROS})
  void placesReadingsWhereTimeWouldHaveGoneWithoutTheJump(long by) throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      assertEquals("good", placed(edge).quality().name().toLowerCase(java.util.Locale.ROOT));
      edge.pass(10 * SECOND);
      jumpTo(edge, edge.wallMicros.get() + by);
      LatestReading during = placed(edge);
      assertEquals(START_MICROS + 12 * SECOND, during.timeMicros());
      assertEquals("UNCERTAIN", during.quality().name());

      edge.pass(HOUR);
      jumpTo(edge, edge.wallMicros.get() - by);
      LatestReading after = placed(edge);
      assertEquals(START_MICROS + 14 * SECOND + HOUR, after.timeMicros());
      assertEquals("GOOD", after.quality().name());
      edge.closeWindows();
      List<String> told = types(events(edge));
      assertEquals(List.of("clock-jumped", "clock-believed"), told);
    }
  }

  /** T3: watermarks do not run away, so no window is closed before its readings are all there. */
  @ParameterizedTest
  @ValueSource(longs = {10 * YEAR, -HOUR, -START_MICROS})
  void splitsNoWindowOfASensorWithAClockOfItsOwn(long by) throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (int second = 0; second < 600; second++) {
        if (second == 90) {
          jumpTo(edge, edge.wallMicros.get() + by);
        }
        if (second == 350) {
          jumpTo(edge, edge.wallMicros.get() - by);
        }
        edge.publishSafely("pump-7/flow", second, START_MICROS + second * SECOND);
        edge.pass(SECOND);
      }
      edge.closeWindows();
      List<Window> windows = windows(edge, "pump-7/flow");

      assertEquals(10, windows.size(), () -> "not one window a minute: " + windows);
      for (int minute = 0; minute < 10; minute++) {
        assertEquals(START_MICROS + minute * MINUTE, windows.get(minute).startMicros());
        assertEquals(60, windows.get(minute).count());
      }
    }
  }

  /** T3: a sensor that lies about the future while no clock is believed hurts itself alone. */
  @Test
  void letsOneWildStampNeitherLoseNorHoldBackWhatFollows() throws Exception {
    try (Edge edge = Edge.waking(temp.resolve("a"), 0, OsSync.NO)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS + 10 * YEAR);
      for (int second = 0; second < 300; second++) {
        edge.publishSafely("pump-7/flow", second, START_MICROS + second * SECOND);
        edge.pass(SECOND);
      }
      edge.closeWindows();
      List<Window> windows = windows(edge, "pump-7/flow");
      assertEquals(301, windows.stream().mapToLong(Window::count).sum());
      assertTrue(windows.size() <= 11, () -> "shattered into " + windows.size());
    }
  }

  /** T3: a clock in 1970 is no reason to keep a finished window until it is idle or old. */
  @Test
  void waitsForNoClockThatNobodyBelieves() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      jumpTo(edge, 0);
      for (int second = 10; second <= 70; second += 10) {
        edge.publishSafely("pump-7/flow", second, START_MICROS + second * SECOND);
        edge.pass(SECOND);
        edge.awaitRound();
      }
      edge.pass(SECOND); // The linger, T4.
      edge.awaitRound();
      Edge.await("its frame is announced", () -> !windows(edge, "pump-7/flow").isEmpty());
      assertEquals(START_MICROS, windows(edge, "pump-7/flow").getFirst().startMicros());
    }
  }

  /** T3: a stamp that is allowed to be ahead must not close the window of now. */
  @Test
  void letsNoStampPassTheBelievedClock() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS + SECOND);
      edge.publishSafely("pump-7/flow", 2, START_MICROS + 240 * SECOND);
      for (int second = 0; second < 5; second++) {
        edge.pass(SECOND);
        edge.awaitRound();
      }
      edge.publishSafely("pump-7/flow", 3, START_MICROS + 30 * SECOND);
      edge.closeWindows();
      List<Window> windows = windows(edge, "pump-7/flow");
      assertEquals(2, windows.size(), () -> "closed early: " + windows);
      assertEquals(2, windows.getFirst().count());
    }
  }

  @Test
  void holdsBackNothingForAClockThatStandsStillAtTheBuildDate() throws Exception {
    try (Edge edge = Edge.waking(temp.resolve("a"), START_MICROS - SECOND, OsSync.NO)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS + YEAR);
      edge.publishSafely("pump-7/flow", 2, START_MICROS + YEAR + MINUTE);
      edge.closeWindows();
      assertEquals(2, windows(edge, "pump-7/flow").stream().mapToLong(Window::count).sum());
    }
  }

  /**
   * A Pi without a battery: the last vouched time and what passed since, until the system knows.
   */
  @Test
  void bootsWithoutAClockAndLearnsTheTimeFromTheSystem() throws Exception {
    long off = 2 * HOUR;
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      placed(edge);
      edge.pass(5 * MINUTE);
      edge.figures();
      Edge.await(
          "the vouched time is journaled",
          () ->
              edge.recorder.onOwner(state -> state.vouchedMicros).join() >= START_MICROS + MINUTE);
    }
    try (Edge edge = Edge.waking(temp.resolve("a"), 0, OsSync.NO)) {
      edge.pass(10 * SECOND);
      LatestReading early = placed(edge);
      assertEquals("UNCERTAIN", early.quality().name());
      assertTrue(early.timeMicros() >= START_MICROS + MINUTE, "before the last vouched time");
      assertTrue(early.timeMicros() <= START_MICROS + 6 * MINUTE, "further than time can be");
      edge.publishSafely("pump-7/flow", 1, START_MICROS + 5 * MINUTE + off);

      edge.os.set(OsSync.YES);
      edge.wallMicros.set(START_MICROS + 6 * MINUTE + off);
      edge.pass(2 * SECOND);
      edge.awaitRound();
      LatestReading known = placed(edge);
      assertEquals(START_MICROS + 6 * MINUTE + off + 2 * SECOND, known.timeMicros());
      assertEquals("GOOD", known.quality().name());
      edge.closeWindows();
      assertEquals(1, windows(edge, "pump-7/flow").getFirst().uncertain());
      assertTrue(types(events(edge)).contains("clock-believed"), () -> types(events(edge)) + "");
      assertFalse(types(events(edge)).contains("clock-jumped"), "it never was right before");
    }
  }

  @Test
  void bootsWithoutAClockAndLearnsTheTimeFromTheCloud() throws Exception {
    try (Edge edge = Edge.waking(temp.resolve("a"), 0, OsSync.NO)) {
      assertEquals(START_MICROS - SECOND, placed(edge).timeMicros(), "the build date");
      edge.recorder.cloudSaid(START_MICROS + HOUR);
      edge.figures(); // It has heard.
      edge.pass(SECOND);
      edge.awaitRound();
      LatestReading told = placed(edge);
      assertEquals(START_MICROS + HOUR + SECOND, told.timeMicros());
      assertEquals("UNCERTAIN", told.quality().name(), "its own clock is still wrong");

      edge.wallMicros.set(START_MICROS + HOUR + 2 * SECOND);
      edge.pass(SECOND);
      edge.awaitRound();
      assertEquals("GOOD", placed(edge).quality().name());
    }
  }

  /** T1: what was journaled outlives the process; a restart launders no clock. */
  @ParameterizedTest
  @ValueSource(longs = {10 * YEAR, -HOUR, -START_MICROS})
  void stillDoubtsAfterARestartAClockThatJumpedBefore(long by) throws Exception {
    Path first = temp.resolve("a");
    Path second = temp.resolve("b");
    long wrong;
    try (Edge edge = Edge.open(first)) {
      placed(edge);
      jumpTo(edge, edge.wallMicros.get() + by);
      Edge.await("the jump is synced", () -> edge.recorder.unsyncedBytes() == 0);
      edge.copyAsKilled(first, second);
      wrong = edge.wallMicros.get();
    }
    try (Edge edge = Edge.waking(second, wrong, OsSync.NO)) {
      LatestReading placed = placed(edge);
      assertEquals("UNCERTAIN", placed.quality().name());
      assertTrue(Math.abs(placed.timeMicros() - START_MICROS) < MINUTE, () -> "at " + placed);
      edge.os.set(OsSync.YES);
      edge.wallMicros.set(START_MICROS + HOUR);
      edge.pass(2 * SECOND);
      edge.awaitRound();
      assertEquals("GOOD", placed(edge).quality().name());
    }
    try (Edge edge = Edge.waking(second, START_MICROS + 2 * HOUR, OsSync.NO)) {
      assertEquals("GOOD", placed(edge).quality().name(), "the doubt outlived its end");
    }
  }

  /** T3: idle closes count monotonic time: a jump neither hurries nor delays them. */
  @Test
  void closesWindowsOfASilentSeriesByMonotonicTime() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS + SECOND);
      jumpTo(edge, edge.wallMicros.get() + 10 * YEAR);
      edge.pass(55 * SECOND);
      edge.awaitRound();
      edge.pass(SECOND);
      edge.awaitRound();
      assertEquals(List.of(), windows(edge, "pump-7/flow"), "closed by the jump");
      edge.pass(10 * SECOND);
      Edge.await(
          "it is closed",
          () -> {
            edge.pass(SECOND / 10);
            return !windows(edge, "pump-7/flow").isEmpty();
          });
    }
  }

  /** A clock that jumps all the time is told of now and then, not a thousand times. */
  @Test
  void tellsOfAClockThatJumpsToAndFroOnceAMinute() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (int i = 0; i < 60; i++) {
        jumpTo(edge, edge.wallMicros.get() + 10 * YEAR);
        jumpTo(edge, edge.wallMicros.get() - 10 * YEAR);
      }
      edge.closeWindows();
      long jumps = events(edge).stream().filter(e -> e.type().equals("clock-jumped")).count();
      assertTrue(jumps >= 1 && jumps <= 5, () -> jumps + " events in four minutes");
      assertTrue(events(edge).size() <= 10, () -> events(edge).size() + " events");
    }
  }
}
