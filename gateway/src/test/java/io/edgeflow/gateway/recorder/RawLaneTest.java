package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.RawRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single readings of the series that opted in (L11). */
final class RawLaneTest {
  @TempDir Path temp;

  @Test
  void reportsWhatLeavesTheBandWhileTheWindowCountsEverything() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      double[] values = {10, 10.5, 11, 12, 12.5, 9};
      for (int i = 0; i < values.length; i++) {
        edge.publishSafely("deadband/flow", values[i], START_MICROS + i * SECOND);
      }
      edge.closeWindows();
      RawFrames.await(edge);

      assertEquals(List.of(10.0, 12.0, 9.0), RawFrames.values(edge));
      assertEquals(6, edge.frames().values().stream().mapToLong(RawLaneTest::windowCount).sum());
      EdgeFigures figures = edge.figures();
      assertEquals(6, figures.folded());
      assertEquals(3, figures.reported());
      assertEquals(0, figures.reportsWaiting());
    }
  }

  @Test
  void neverReportsADuplicate() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("all/flow", 1, START_MICROS);
      edge.publishSafely("all/flow", 1, START_MICROS);
      edge.publishSafely("all/flow", 2, START_MICROS);
      RawFrames.await(edge);

      assertEquals(
          List.of(1.0, 2.0), RawFrames.values(edge), "two true readings at one instant both live");
      assertEquals(1, edge.figures().duplicate());
    }
  }

  @Test
  void reportsTextsAndStatesWithTheirKinds() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (String payload : List.of("\"auto\"", "\"auto\"", "\"hand\"")) {
        edge.awaitSafe(edge.publish("change/mode", payload));
      }
      for (String payload : List.of("3", "3", "4")) {
        edge.awaitSafe(edge.publish("all/state", payload));
      }
      RawFrames.await(edge);

      Frame frame = RawFrames.of(edge).values().iterator().next();
      assertEquals(
          List.of("all/state " + Kind.STATE, "change/mode " + Kind.TEXT),
          frame.series().stream().map(s -> s.name() + " " + s.kind()).toList());
      assertEquals(List.of(3.0, 3.0, 4.0), numbers(frame, 0));
      assertEquals(
          List.of("auto", "hand"),
          frame.raw().stream().filter(row -> row.series() == 1).map(RawRow::text).toList());
      assertEquals(5, frame.readings());
      assertEquals(5, frame.runningTotal());
    }
  }

  /** J1: the decision is in the record, so a restart neither repeats nor forgets a report. */
  @Test
  void judgesTheNextReadingByTheLastReportedOneAlsoAfterARestart() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("deadband/flow", 10, START_MICROS);
      edge.publishSafely("deadband/flow", 10.9, START_MICROS + SECOND);
    }
    try (Edge edge = Edge.openAt(directory, START_MICROS + 2 * SECOND)) {
      edge.publishSafely("deadband/flow", 10.8, START_MICROS + 2 * SECOND);
      edge.publishSafely("deadband/flow", 11.1, START_MICROS + 3 * SECOND);
      RawFrames.await(edge);
      assertEquals(List.of(10.0, 11.1), RawFrames.values(edge));
      assertEquals(2, edge.figures().reported());
    }
  }

  /** J1: as above, out of a checkpoint and not out of the records behind it. */
  @Test
  void keepsWhatWasReportedAndWhatWaitsInTheCheckpoint() throws Exception {
    Path directory = temp.resolve("a");
    Path copy = temp.resolve("copy");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("deadband/flow", 10, START_MICROS);
      edge.publishSafely("change/mode", 1, START_MICROS);
      long segments = segments(directory);
      for (int i = 0; i < 40 && segments(directory) == segments; i++) {
        edge.awaitSafe(edge.publish("pump-7/level", "[" + "7,".repeat(2_000) + "7]"));
      }
      assertTrue(segments(directory) > segments, "no checkpoint was written");
      assertEquals(2, edge.figures().reportsWaiting());
      edge.copyAsKilled(directory, copy);
    }
    try (Edge edge = Edge.openAt(copy, START_MICROS + SECOND)) {
      assertEquals(2, edge.figures().reported());
      edge.publishSafely("deadband/flow", 10.9, START_MICROS + SECOND);
      RawFrames.await(edge);
      assertEquals(List.of(1.0, 10.0), RawFrames.values(edge).stream().sorted().toList());
    }
  }

  /** J4: the closing step of a recovery numbers what waits, alike in every copy. */
  @Test
  void closesWhatWaitsIntoEqualFramesInEveryCopyOfAKilledDirectory() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      for (int i = 0; i < 50; i++) {
        edge.publishSafely("all/p" + i % 7, i, START_MICROS + i * SECOND);
      }
      edge.copyAsKilled(directory, temp.resolve("b"));
      edge.copyAsKilled(directory, temp.resolve("c"));
    }
    Map<FrameId, Integer> first = closed(temp.resolve("b"), START_MICROS + 100 * SECOND);
    Map<FrameId, Integer> second = closed(temp.resolve("c"), START_MICROS + 999 * SECOND);
    assertEquals(1, first.size());
    assertEquals(first, second);
  }

  private static Map<FrameId, Integer> closed(Path directory, long nowMicros) throws Exception {
    try (Edge edge = Edge.openAt(directory, nowMicros)) {
      edge.awaitAnnounced();
      Map<FrameId, Integer> identities = new HashMap<>();
      RawFrames.of(edge)
          .forEach(
              (id, frame) -> {
                assertEquals(50, frame.raw().size());
                identities.put(id, edge.identity(id));
              });
      return identities;
    }
  }

  /** What waits is bounded by a frame and a message, however fast readings come. */
  @Test
  void numbersAFrameAsSoonAsItIsFull() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      int message = 4_000;
      for (int i = 0; i < 6; i++) {
        edge.awaitSafe(edge.publish("all/flow", "[" + "1.25,".repeat(message - 1) + "1.25]"));
        assertTrue(edge.figures().reportsWaiting() < RawFramer.ROWS, "too many wait");
      }
      Edge.await("two frames", () -> RawFrames.of(edge).size() == 2);
      RawFrames.await(edge);
      assertEquals(
          6 * message, RawFrames.of(edge).values().stream().mapToInt(f -> f.raw().size()).sum());
    }
  }

  /** L1: a frame is cut before it is numbered, also where texts do not compress. */
  @Test
  void cutsFramesOfLongTextsBelowTheLimit() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      Random random = new Random(5);
      Set<String> sent = new HashSet<>();
      for (int i = 0; i < 600; i++) {
        StringBuilder text = new StringBuilder();
        random.ints(900, 0x4E00, 0x9FA0).forEach(text::appendCodePoint);
        sent.add(text.toString());
        edge.awaitSafe(edge.publish("all/note", "\"" + text + "\""));
      }
      RawFrames.await(edge);
      Set<String> arrived = new HashSet<>();
      RawFrames.of(edge)
          .values()
          .forEach(f -> f.raw().forEach(row -> arrived.add("" + row.text())));
      assertEquals(sent, arrived);
    }
  }

  @Test
  void keepsTheQualityOfWhatItReports() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("deadband/flow", 5, START_MICROS);
      // Further ahead than the believed clock allows: replaced, and uncertain (T2).
      edge.publishSafely("deadband/flow", 5, START_MICROS + 4_000 * SECOND);
      RawFrames.await(edge);
      assertEquals(
          List.of(Quality.GOOD, Quality.UNCERTAIN),
          RawFrames.of(edge).values().stream()
              .flatMap(frame -> frame.raw().stream())
              .map(RawRow::quality)
              .toList());
    }
  }

  private static long segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    }
  }

  private static List<Double> numbers(Frame frame, int series) {
    return frame.raw().stream().filter(row -> row.series() == series).map(RawRow::number).toList();
  }

  private static long windowCount(Frame frame) {
    return frame.windows().stream().mapToLong(row -> row.window().count()).sum();
  }
}
