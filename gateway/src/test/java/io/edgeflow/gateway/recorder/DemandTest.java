package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.rawcapture.CaptureOrder;
import io.edgeflow.gateway.rawcapture.CaptureOutcome;
import io.edgeflow.gateway.rawcapture.Demand;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody wants every reading of some series for a time (L11). */
@Timeout(120)
final class DemandTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @TempDir Path temp;

  private static Demand begin(Edge edge, String series, Duration length) {
    var order = new CaptureOrder(List.of(new Glob(series)), length, "ada", "it rattles");
    return assertInstanceOf(CaptureOutcome.Done.class, edge.recorder.captures().begin(order).join())
        .demand();
  }

  private static int atWork(Edge edge) {
    return edge.recorder.captures().figures().join().demands().size();
  }

  private static void send(Edge edge, String series, int from, int count) {
    for (int i = from; i < from + count; i++) {
      edge.publishSafely(series, i, START_MICROS + i * SECOND / 100);
    }
  }

  /** The words of the events about captures, and who. */
  private static List<String> told(Edge edge) {
    edge.closeWindows();
    return edge.frames().values().stream()
        .flatMap(frame -> frame.events().stream())
        .filter(event -> event.type().startsWith("capture"))
        .sorted((a, b) -> Long.compare(a.timeMicros(), b.timeMicros()))
        .map(DemandTest::words)
        .toList();
  }

  private static String words(EventRow event) {
    return event.type() + " " + event.detail().get("who") + " " + event.detail().get("patterns");
  }

  @Test
  void sendsEveryReadingOfTheSeriesForThatTime() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      send(edge, "pump-7/flow", 0, 2);
      begin(edge, "pump-7/*", TEN_SECONDS);
      send(edge, "pump-7/flow", 2, 3);
      send(edge, "pump-7/level", 5, 1);
      send(edge, "pump-8/flow", 6, 1);
      edge.pass(10 * SECOND);
      Edge.await("its time is over", () -> atWork(edge) == 0);
      send(edge, "pump-7/flow", 7, 2);
      RawFrames.await(edge);
      assertEquals(List.of(2.0, 3.0, 4.0, 5.0), RawFrames.values(edge));
      assertEquals(List.of("capture-began ada pump-7/*", "capture-ended  pump-7/*"), told(edge));
    }
  }

  @Test
  void changesNothingWhereEveryReadingGoesAnyway() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      begin(edge, "all/*", TEN_SECONDS);
      begin(edge, "*/flow", TEN_SECONDS);
      send(edge, "all/flow", 0, 3);
      edge.publishSafely("all/flow", 2, START_MICROS + 2 * SECOND / 100);
      RawFrames.await(edge);
      assertEquals(List.of(0.0, 1.0, 2.0), RawFrames.values(edge), "and duplicates never go");
    }
  }

  /** What is reported after it is judged by what was reported last. */
  @Test
  void goesBackToThePolicy() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("deadband/flow", 10, START_MICROS);
      Demand demand = begin(edge, "deadband/flow", TEN_SECONDS);
      edge.publishSafely("deadband/flow", 10.6, START_MICROS + SECOND);
      edge.recorder.captures().end(demand.id(), "bob").join();
      edge.publishSafely("deadband/flow", 11.1, START_MICROS + 2 * SECOND);
      edge.publishSafely("deadband/flow", 11.7, START_MICROS + 3 * SECOND);
      RawFrames.await(edge);
      assertEquals(List.of(10.0, 10.6, 11.7), RawFrames.values(edge));
      assertEquals(
          List.of("capture-began ada deadband/flow", "capture-ended bob deadband/flow"),
          told(edge));
    }
  }

  /** It lasts over a kill, and not longer than it was to last, whatever the clock says then. */
  @Test
  void goesOnAfterAKillAndEndsInTime() throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("b");
    try (Edge edge = Edge.open(directory)) {
      begin(edge, "pump-7/*", TEN_SECONDS);
      edge.copyAsKilled(directory, killed);
    }
    Edge.copy(killed, temp.resolve("c"));
    try (Edge edge = Edge.openAt(killed, START_MICROS + 4 * SECOND)) {
      send(edge, "pump-7/flow", 1, 2);
      assertEquals(1, atWork(edge));
      edge.pass(6 * SECOND);
      Edge.await("its time is over", () -> atWork(edge) == 0);
      RawFrames.await(edge);
      assertEquals(List.of(1.0, 2.0), RawFrames.values(edge));
    }
    try (Edge edge = Edge.openAt(temp.resolve("c"), START_MICROS - 3_600 * SECOND)) {
      assertEquals(1, atWork(edge));
      edge.pass(10 * SECOND);
      Edge.await("its time is over", () -> atWork(edge) == 0);
    }
  }

  /** J1: as above, out of a checkpoint and not out of the records behind it. */
  @Test
  void keepsWhatIsAtWorkInTheCheckpoint() throws Exception {
    Path directory = temp.resolve("a");
    Path copy = temp.resolve("copy");
    try (Edge edge = Edge.open(directory)) {
      begin(edge, "pump-7/*", TEN_SECONDS);
      long segments = segments(directory);
      for (int i = 0; i < 40 && segments(directory) == segments; i++) {
        edge.awaitSafe(edge.publish("ballast/x", "[" + "7,".repeat(2_000) + "7]"));
      }
      assertTrue(segments(directory) > segments, "no checkpoint was written");
      edge.copyAsKilled(directory, copy);
    }
    try (Edge edge = Edge.openAt(copy, START_MICROS + SECOND)) {
      Demand demand = edge.recorder.captures().figures().join().demands().getFirst();
      assertEquals("ada it rattles", demand.who() + " " + demand.why());
      assertEquals(START_MICROS + 10 * SECOND, demand.untilMicros());
    }
  }

  private static long segments(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    }
  }

  @Test
  void takesOnlySoManyAndEndsOnlyWhatThereIs() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      Demand first = begin(edge, "pump-0/*", TEN_SECONDS);
      for (int i = 1; i < CaptureKeeper.MOST_DEMANDS; i++) {
        begin(edge, "pump-" + i + "/*", TEN_SECONDS);
      }
      var order = new CaptureOrder(List.of(new Glob("*")), TEN_SECONDS, "ada", "");
      assertInstanceOf(CaptureOutcome.Full.class, edge.recorder.captures().begin(order).join());
      assertInstanceOf(
          CaptureOutcome.Unknown.class, edge.recorder.captures().end("none", "").join());
      edge.recorder.captures().end(first.id(), "").join();
      assertInstanceOf(CaptureOutcome.Done.class, edge.recorder.captures().begin(order).join());
      send(edge, "pump-99/flow", 1, 1);
      RawFrames.await(edge);
      assertEquals(List.of(1.0), RawFrames.values(edge));
    }
  }
}
