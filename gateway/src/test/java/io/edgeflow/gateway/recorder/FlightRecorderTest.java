package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.recorder.FetchStatus.Missing;
import io.edgeflow.gateway.recorder.FetchStatus.State;
import io.edgeflow.gateway.recorder.FetchStatus.Why;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw readings out of the journal, on demand (J10, L11). */
final class FlightRecorderTest {
  private static final long FOREVER = START_MICROS + 1_000_000 * SECOND;

  @TempDir Path temp;

  @Test
  void sendsTheReadingsOfTheChosenSeriesAndTimes() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (int i = 0; i < 10; i++) {
        edge.publishSafely("pump-7/flow", i, START_MICROS + i * SECOND);
        edge.publishSafely("pump-8/flow", 100 + i, START_MICROS + i * SECOND);
      }
      long from = START_MICROS + 2 * SECOND;
      long to = START_MICROS + 5 * SECOND;
      FetchStatus done = fetch(edge, request("pump-7/*", from, to));

      assertEquals(List.of("pump-7/flow 2.0", "pump-7/flow 3.0", "pump-7/flow 4.0"), rows(edge));
      assertEquals(State.DONE, done.state());
      assertEquals(1, done.seriesMatched());
      assertEquals(3, done.readings());
      assertEquals(1, done.frames());
      assertEquals(1, done.delivered());
      assertEquals(done.bytes(), done.bytesRead());
      assertEquals(List.of(), done.missing());
      assertEquals(START_MICROS, done.heldFromMicros());
    }
  }

  @Test
  void sendsTextsAndStates() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.awaitSafe(edge.publish("pump-7/mode", "\"auto\""));
      edge.awaitSafe(edge.publish("pump-7/state", "4"));
      fetch(edge, request("pump-7/*", START_MICROS, FOREVER));

      assertEquals(List.of("pump-7/mode auto", "pump-7/state 4.0"), rows(edge));
    }
  }

  @Test
  void sendsNoDuplicate() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      assertEquals(1, fetch(edge, request("*", START_MICROS, FOREVER)).readings());
    }
  }

  /** What arrives late is found by when it was measured. */
  @Test
  void findsReadingsThatArrivedLongAfterTheAskedTime() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 2, START_MICROS + SECOND);
      edge.pass(7_200 * SECOND);
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      fetch(edge, request("*", START_MICROS, START_MICROS + SECOND));
      assertEquals(List.of("pump-7/flow 1.0"), rows(edge));
    }
  }

  @Test
  void leavesOutWhatWasReportedBeforeAndSaysSo() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (int i = 0; i < 4; i++) {
        edge.publishSafely("deadband/flow", 0.6 * i, START_MICROS + i * SECOND);
      }
      FetchStatus rest = fetch(edge, request("*", START_MICROS, FOREVER));
      assertEquals(2, rest.readings());
      assertEquals(2, rest.sentBefore());
      FetchStatus all = fetch(edge, again());
      assertEquals(4, all.readings());
      assertEquals(4, all.sentBefore());
    }
  }

  @Test
  void endsAtTheLimitAndSaysSo() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.awaitSafe(edge.publish("pump-7/flow", "[1,2,3,4,5]"));
      FetchStatus some = fetch(edge, limited(3));
      assertEquals(3, some.readings());
      assertTrue(some.limited());
      FetchStatus rest = fetch(edge, limited(2));
      assertEquals(2, rest.readings());
      assertEquals(3, rest.sentBefore());
      assertTrue(!rest.limited(), "nothing was left out");
      assertEquals(5, rows(edge).size());
    }
  }

  /** L11: whatever is asked for, how often, before and after a restart. */
  @Test
  void sendsNoReadingTwiceAndEveryOneThatCameLater() throws Exception {
    Path directory = temp.resolve("a");
    Path copy = temp.resolve("copy");
    try (Edge edge = Edge.open(directory)) {
      for (int i = 0; i < 6; i++) {
        edge.publishSafely("pump-7/flow", i, START_MICROS + i * SECOND);
      }
      long middle = START_MICROS + 3 * SECOND;
      assertEquals(3, fetch(edge, request("pump-7/*", START_MICROS, middle)).readings());
      assertEquals(1, fetch(edge, request("*", middle - SECOND, middle + SECOND)).readings());
      edge.publishSafely("pump-7/flow", 1.5, START_MICROS + SECOND + SECOND / 2);
      edge.publishSafely("pump-8/flow", 8, START_MICROS);
      checkpoint(edge, directory);
      edge.copyAsKilled(directory, copy);
    }
    try (Edge edge = Edge.openAt(copy, START_MICROS + 60 * SECOND)) {
      FetchStatus rest = fetch(edge, request("pump-*", START_MICROS, FOREVER));
      assertEquals(4, rest.sentBefore());
      assertEquals(
          List.of("pump-7/flow 1.5", "pump-7/flow 4.0", "pump-7/flow 5.0", "pump-8/flow 8.0"),
          rows(edge).stream().filter(row -> row.startsWith("pump")).sorted().toList().stream()
              .filter(row -> !before(row))
              .toList());
      assertEquals(0, fetch(edge, request("pump-*", START_MICROS, FOREVER)).readings());
    }
  }

  private static boolean before(String row) {
    return List.of("0.0", "1.0", "2.0", "3.0").contains(row.substring(row.indexOf(' ') + 1));
  }

  private static void checkpoint(Edge edge, Path directory) throws IOException {
    long segments = segments(directory);
    for (int i = 0; i < 40 && segments(directory) == segments; i++) {
      edge.awaitSafe(edge.publish("ballast/x", "[" + "7,".repeat(2_000) + "7]"));
    }
    assertTrue(segments(directory) > segments, "no checkpoint was written");
  }

  private static long segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    }
  }

  private static FetchRequest again() {
    return new FetchRequest(List.of(new Glob("*")), START_MICROS, FOREVER, 1_000, true);
  }

  private static FetchRequest limited(long limit) {
    return new FetchRequest(List.of(new Glob("*")), START_MICROS, FOREVER, limit, false);
  }

  /**
   * A6, J1: a fetched frame neither folds nor takes what waits to be reported, live or replayed.
   */
  @Test
  void leavesTheAccountAndTheReportsAloneAlsoAfterARestart() throws Exception {
    Path directory = temp.resolve("a");
    Path copy = temp.resolve("copy");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("all/flow", 1, START_MICROS);
      edge.publishSafely("all/flow", 2, START_MICROS + SECOND);
      fetch(edge, again());
      EdgeFigures figures = edge.figures();
      assertEquals(0, figures.folded());
      assertEquals(2, figures.reportsWaiting());
      assertEquals(2, figures.fetched());
      edge.copyAsKilled(directory, copy);
    }
    try (Edge edge = Edge.openAt(copy, START_MICROS + 10 * SECOND)) {
      EdgeFigures figures = edge.figures();
      assertEquals(2, figures.reported());
      assertEquals(2, figures.fetched());
      assertEquals(2, figures.accepted());
      assertEquals(2, figures.folded(), "in the window that the recovery closed");
      assertEquals(
          4,
          Objects.requireNonNull(figures.lanes().get(Lane.RAW)).framed().readings(),
          "two fetched, two reported");
    }
  }

  /** Nothing floods the backlog: a fetch waits for the cloud. */
  @Test
  void goesOnOnlyAsFastAsTheCloudTakesIt() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      int messages = 50;
      String message = "[" + "1.25,".repeat(9_999) + "1.25]";
      for (int i = 0; i < messages; i++) {
        edge.awaitSafe(edge.publish("pump-7/flow", message));
      }
      String id = begin(edge, request("*", START_MICROS, FOREVER)).id();
      FetchStatus waiting = await(edge, id, status -> !status.waitsFor().isEmpty());
      assertEquals(State.READING, waiting.state());
      assertTrue(waiting.frames() >= FetchLane.MOST_WAITING_FRAMES, () -> "" + waiting);
      assertTrue(waiting.frames() <= FetchLane.MOST_WAITING_FRAMES + 4, () -> "" + waiting);

      FetchStatus done = settleUntilEnded(edge, id);
      assertEquals(messages * 10_000L, done.readings());
      assertEquals(done.frames(), done.delivered());
    }
  }

  @Test
  void fetchesOneAtATimeAndEndsWhatIsCancelled() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      FlightRecorder recorder = edge.recorder.flightRecorder();
      String id = begin(edge, request("*", START_MICROS, FOREVER)).id();
      await(edge, id, status -> status.state() == State.SENDING);

      FlightRecorder.Answer second = recorder.fetch(request("*", START_MICROS, FOREVER));
      assertEquals(id, assertInstanceOf(FlightRecorder.Answer.Busy.class, second).running().id());
      recorder.cancel(id);
      await(edge, id, status -> status.state() == State.CANCELLED);
      begin(edge, request("*", START_MICROS, FOREVER));
      assertEquals(Optional.empty(), recorder.cancel("unknown"));
    }
  }

  /** J10: what the flight recorder does not reach is named, by when it arrived. */
  @Test
  void namesTheStretchThatWasDeleted() throws Exception {
    try (Edge edge = Edge.withBudget(temp.resolve("a"), 200 << 10)) {
      for (int i = 0; i < 60; i++) {
        edge.awaitSafe(edge.publish("pump-7/flow", "[" + "1.25,".repeat(999) + "1.25]"));
        edge.pass(10 * SECOND);
        settle(edge);
      }
      FetchStatus done = fetch(edge, request("*", START_MICROS - SECOND, FOREVER));
      assertTrue(done.heldFromMicros() > START_MICROS, "nothing was deleted");
      assertEquals(
          List.of(new Missing(START_MICROS - SECOND, done.heldFromMicros(), Why.DELETED)),
          done.missing());
      assertTrue(done.readings() > 0 && done.readings() < 60_000, () -> "" + done);

      // Fetched frames take room as well: only what came last is surely still held.
      long after = START_MICROS + 590 * SECOND;
      assertTrue(after > done.heldFromMicros(), () -> "" + done);
      assertEquals(List.of(), fetch(edge, request("*", after, FOREVER)).missing());
    }
  }

  /** J2: so is what cannot be read. */
  @Test
  void namesTheStretchThatIsDamaged() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      for (int i = 0; i < 9; i++) {
        edge.publishSafely("pump-7/flow", 0.1 + i, START_MICROS + i * SECOND);
        edge.betweenRounds(() -> edge.pass(SECOND));
      }
      edge.closeWindows();
    }
    damage(directory, 4.1);
    try (Edge edge = Edge.openAt(directory, START_MICROS + 900 * SECOND)) {
      FetchStatus done = fetch(edge, request("*", START_MICROS, FOREVER));
      assertEquals(8, done.readings());
      assertEquals(
          List.of(new Missing(START_MICROS + 3 * SECOND, START_MICROS + 5 * SECOND, Why.DAMAGED)),
          done.missing());
    }
  }

  @Test
  void saysWhenNoSeriesMatches() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      FetchStatus done = fetch(edge, request("pump-9/*", START_MICROS, FOREVER));
      assertEquals(0, done.seriesMatched());
      assertEquals(0, done.frames());
    }
  }

  @Test
  void refusesRequestsThatMakeNoSense() {
    List<Glob> all = List.of(new Glob("*"));
    assertThrows(IllegalArgumentException.class, () -> new FetchRequest(List.of(), 1, 2, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new FetchRequest(all, 2, 2, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new FetchRequest(all, 1, 2, 0, false));
  }

  @Test
  void takesNoRequestAfterItsEnd() throws Exception {
    Edge edge = Edge.open(temp.resolve("a"));
    edge.close();
    assertInstanceOf(
        FlightRecorder.Answer.Closed.class,
        edge.recorder.flightRecorder().fetch(request("*", 0, FOREVER)));
  }

  private static FetchRequest request(String series, long from, long to) {
    return new FetchRequest(List.of(new Glob(series)), from, to, 1_000_000, false);
  }

  private static FetchStatus begin(Edge edge, FetchRequest request) {
    return assertInstanceOf(
            FlightRecorder.Answer.Begun.class, edge.recorder.flightRecorder().fetch(request))
        .status();
  }

  /** To the end, with a cloud that commits everything. */
  private static FetchStatus fetch(Edge edge, FetchRequest request) {
    return settleUntilEnded(edge, begin(edge, request).id());
  }

  private static FetchStatus settleUntilEnded(Edge edge, String id) {
    return await(
        edge,
        id,
        status -> {
          settle(edge);
          return status.state().ended();
        });
  }

  private static FetchStatus await(Edge edge, String id, Predicate<FetchStatus> wanted) {
    FetchStatus[] found = new FetchStatus[1];
    Edge.await(
        "the fetch",
        () -> {
          found[0] = edge.recorder.flightRecorder().status(id).orElseThrow();
          return wanted.test(found[0]);
        });
    return found[0];
  }

  private static void settle(Edge edge) {
    // Only on what was sent a verdict counts, and to read is to send.
    edge.pendingFrames();
    TreeMap<String, List<FrameId>> byLane = new TreeMap<>();
    for (FrameId frame : edge.announced.keySet()) {
      String lane = frame.incarnation() + frame.lane().word();
      byLane.computeIfAbsent(lane, key -> new ArrayList<>()).add(frame);
    }
    byLane.values().forEach(frames -> settle(edge, frames));
  }

  private static void settle(Edge edge, List<FrameId> frames) {
    List<VerdictRange> ranges =
        frames.stream()
            .sorted((a, b) -> Long.compare(a.number(), b.number()))
            .map(id -> new VerdictRange(id.number(), id.number(), Verdict.COMMITTED, ""))
            .toList();
    FrameId any = frames.getFirst();
    LaneVerdicts lane = new LaneVerdicts(any.lane(), ranges);
    IncarnationVerdicts verdicts = new IncarnationVerdicts(any.incarnation(), List.of(lane));
    edge.recorder
        .outbox()
        .settle(new Acknowledgement(false, "1/1", START_MICROS, 1 << 20, 1, List.of(verdicts)))
        .join();
  }

  /** Of the raw lane: series and value. */
  private static List<String> rows(Edge edge) {
    return edge.frames().values().stream()
        .filter(frame -> frame.id().lane() == Lane.RAW)
        .flatMap(frame -> frame.raw().stream().map(row -> row(frame, row)))
        .toList();
  }

  private static String row(Frame frame, RawRow row) {
    String value = row.text() == null ? Double.toString(row.number()) : row.text();
    return frame.series().get(row.series()).name() + " " + value;
  }

  /** Changes the stored bits of a value, wherever its message lies. */
  private static void damage(Path directory, double value) throws IOException {
    long bits = Double.doubleToRawLongBits(value);
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at + 8 <= bytes.length; at++) {
        if (ByteBuffer.wrap(bytes).getLong(at) == bits) {
          bytes[at] ^= 1;
          Files.write(file, bytes);
          return;
        }
      }
    }
    throw new AssertionError("no such value: " + value);
  }
}
