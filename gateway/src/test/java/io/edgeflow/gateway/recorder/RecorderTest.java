package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecorderTest {
  @TempDir Path temp;

  @Test
  void foldsReadingsIntoOneWindowAndNumbersItAfterTheMinute() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.publishSafely("pump-7/flow", 3, START_MICROS + SECOND);
      edge.publishSafely("pump-7/flow", 2, START_MICROS + 2 * SECOND);
      edge.closeWindows();

      Frame frame = onlyFrame(edge);
      Window window = frame.windows().getFirst().window();
      assertEquals("pump-7/flow", frame.series().getFirst().name());
      assertEquals(3, window.count());
      assertEquals(2, window.mean());
      assertEquals(3, frame.runningTotal());
    }
  }

  @Test
  void recognisesAResentReadingAlsoAfterARestart() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      assertEquals(1, edge.figures().duplicate());
    }
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      EdgeFigures figures = edge.figures();
      assertEquals(2, figures.duplicate());
      assertEquals(1, figures.folded());
      assertEquals(3, figures.accepted());
    }
  }

  @Test
  void keepsAnotherValueAtTheSameStampAndCountsTheConflict() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.publishSafely("pump-7/flow", 2, START_MICROS);
      edge.publishSafely("pump-7/flow", 2, START_MICROS);

      EdgeFigures figures = edge.figures();
      assertEquals(1, figures.conflict());
      assertEquals(1, figures.duplicate());
      assertEquals(2, figures.pending());
    }
  }

  /** I2: what came before a checkpoint is remembered by it. */
  @Test
  void recognisesAResentReadingAlsoBehindACheckpoint() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.awaitSafe(edge.publish("ballast/x", "[" + "7,".repeat(6_000) + "7]"));
      Edge.await("a checkpoint is taken", () -> segments(directory) > 1);
    }
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      assertEquals(1, edge.figures().duplicate());
    }
  }

  /** I1: it is the sender's own stamp that is compared, and not what was made of it. */
  @Test
  void recognisesAResentReadingWhoseStampWasReplaced() throws Exception {
    Path directory = temp.resolve("a");
    long future = START_MICROS + 3600 * SECOND;
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, future);
      edge.pass(SECOND);
      edge.awaitRound();
      edge.publishSafely("pump-7/flow", 1, future);
      assertEquals(1, edge.figures().duplicate());
    }
    try (Edge edge = Edge.openAt(directory, START_MICROS + 9 * SECOND)) {
      edge.publishSafely("pump-7/flow", 1, future);
      assertEquals(2, edge.figures().duplicate(), "after a restart");
    }
  }

  /** I2: older than all that is remembered, and so perhaps not new: folded and counted apart. */
  @Test
  void countsWhatItCannotVerify() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      StringBuilder many = new StringBuilder("[");
      for (int i = 0; i < 1_100; i++) {
        many.append("{\"value\":7,\"ts\":").append(START_MICROS / 1000 + i).append("},");
      }
      many.setCharAt(many.length() - 1, ']');
      edge.awaitSafe(edge.publish("pump-7/flow", many.toString()));
      assertEquals(0, edge.figures().unverifiable());

      edge.publishSafely("pump-7/flow", 7, START_MICROS - SECOND);
      EdgeFigures figures = edge.figures();
      assertEquals(1, figures.unverifiable());
      assertEquals(0, figures.duplicate());
      assertEquals(1_101, figures.accepted());
    }
  }

  /** A5: what is beside it in its message is as good as before. */
  @Test
  void aBadValueCostsItselfOnly() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.awaitSafe(edge.publish("pump-7", "{\"values\":{\"a\":1,\"b\":null,\"c\":3}}"));
      EdgeFigures figures = edge.figures();
      assertEquals(2, figures.accepted());
      assertEquals(Map.of(RejectReason.NOT_A_NUMBER, 1L), figures.rejected());
      assertEquals(3, figures.received());
    }
  }

  @Test
  void recognisesTheSameReadingTwiceInOneMessage() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      String reading = "{\"value\":1,\"ts\":" + START_MICROS / 1000 + "}";
      edge.awaitSafe(edge.publish("pump-7/flow", "[" + reading + "," + reading + "]"));

      assertEquals(1, edge.figures().duplicate());
    }
  }

  @Test
  void neverTakesUnstampedReadingsForDuplicates() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.awaitSafe(edge.publish("pump-7/flow", "5"));
      edge.awaitSafe(edge.publish("pump-7/flow", "5"));

      EdgeFigures figures = edge.figures();
      assertEquals(2, figures.pending());
      assertEquals(2, figures.unstamped());
    }
  }

  @Test
  void sendsALateReadingAsASupplement() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      edge.publishSafely("pump-7/flow", 9, START_MICROS + SECOND);
      edge.closeWindows();

      List<Window> windows = windows(edge.frames().values());
      assertEquals(2, windows.size());
      Window merged = windows.get(0).merge(windows.get(1));
      assertEquals(2, merged.count());
      assertEquals(5, merged.mean());
    }
  }

  @Test
  void carriesStatesAndTextsAsChanges() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.awaitSafe(edge.publish("pump-7/mode", "\"auto\""));
      edge.awaitSafe(edge.publish("pump-7/mode", "\"auto\""));
      edge.awaitSafe(edge.publish("pump-7/state", "4"));
      edge.closeWindows();

      long readings =
          edge.frames().values().stream()
              .flatMap(frame -> frame.changes().stream())
              .mapToLong(row -> row.count())
              .sum();
      assertEquals(3, readings);
      assertEquals(3, edge.figures().folded());
    }
  }

  /** J2: the gateway starts whatever happened to a file, says what is missing, and says it once. */
  @Test
  void startsOnADamagedJournalAndReportsTheDamageOnce() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      for (int i = 0; i < 200; i++) {
        edge.publishSafely("pump-7/flow", i, START_MICROS + i * SECOND);
      }
      Edge.copy(directory, temp.resolve("b"));
    }
    Path segment = largestSegment(temp.resolve("b"));
    byte[] bytes = Files.readAllBytes(segment);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 200, (byte) 0x55);
    Files.write(segment, bytes);

    try (Edge edge = Edge.open(temp.resolve("b"))) {
      Edge.await(
          "the damage is told",
          () -> {
            edge.pass(SECOND / 10);
            return damageEvents(edge) == 1;
          });
      long folded = edge.figures().folded();
      assertTrue(folded > 180 && folded < 200, "folded " + folded);
      Edge.await("a checkpoint follows", () -> segments(temp.resolve("b")) > 1);
    }
    try (Edge edge = Edge.open(temp.resolve("b"))) {
      edge.awaitAnnounced();
      assertEquals(1, damageEvents(edge));
    }
  }

  private static long damageEvents(Edge edge) {
    return edge.frames().values().stream()
        .flatMap(frame -> frame.events().stream())
        .filter(event -> event.type().equals("journal-damaged"))
        .count();
  }

  private static Path largestSegment(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static long segments(Path directory) {
    String[] names = directory.toFile().list((folder, name) -> name.endsWith(".log"));
    return names == null ? 0 : names.length;
  }

  @Test
  void startsAgainAfterTextsThatNoUtf8CanCarry() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      edge.awaitSafe(edge.publish("pump-7/mode", "\"\\ud800\""));
      edge.awaitSafe(edge.publish("pump-7/mode", "\"\\udc01\""));
      edge.awaitSafe(edge.publish("pump-7/mode", "\"?\""));
      edge.closeWindows();
      edge.copyAsKilled(directory, temp.resolve("b"));
    }
    try (Edge edge = Edge.open(temp.resolve("b"))) {
      assertEquals(3, edge.figures().folded());
    }
  }

  @Test
  void splitsLongTextsOverSeveralFrames() throws Exception {
    Random random = new Random(4);
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      for (int i = 0; i < 600; i++) {
        StringBuilder text = new StringBuilder();
        random.ints(1_000, 0x4E00, 0x9FFF).forEach(text::appendCodePoint);
        edge.awaitSafe(edge.publish("pump-7/note", "\"" + text + "\""));
      }
      edge.closeWindows();

      assertEquals(600, edge.figures().folded());
      assertTrue(edge.frames().size() > 1, "all in one frame");
    }
  }

  @Test
  void hasAnnouncedEveryFrameWhenTheSealIsDone() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.recorder.seal(Duration.ofSeconds(10));

      assertEquals(1, edge.announced.size());
    }
  }

  @Test
  void refusesNewSeriesPastTheLimitAndKeepsTheKnownOnes() throws Exception {
    try (Edge edge = Edge.withFewSeries(temp.resolve("a"), 2)) {
      edge.publishSafely("pump-1/flow", 1, START_MICROS);
      edge.publishSafely("pump-2/flow", 1, START_MICROS);
      edge.awaitSafe(edge.publish("pump-3/flow", "1"));
      edge.publishSafely("pump-1/flow", 2, START_MICROS + SECOND);

      EdgeFigures figures = edge.figures();
      assertEquals(Map.of(RejectReason.SERIES_LIMIT, 1L), figures.refused());
      assertEquals(3, figures.accepted());
      assertEquals(RejectReason.SERIES_LIMIT, edge.rejects.last().getFirst().reason());
    }
  }

  @Test
  void rejectsAValueOfAnotherKindThanItsSeries() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.awaitSafe(edge.publish("pump-7/flow", "1"));
      edge.awaitSafe(edge.publish("pump-7/flow", "\"open\""));

      assertEquals(Map.of(RejectReason.KIND_MISMATCH, 1L), edge.figures().rejected());
    }
  }

  @Test
  void replacesAStampFromTheFutureByArrivalAndMarksIt() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS + 3600 * SECOND);
      assertEquals(Quality.UNCERTAIN, edge.recorder.latest().join().getFirst().quality());
      edge.closeWindows();

      Window window = onlyFrame(edge).windows().getFirst().window();
      assertEquals(START_MICROS, window.startMicros());
      assertEquals(1, window.uncertain());
    }
  }

  /** J7: a frame goes once this is done, and must not go while a power cut could undo it. */
  @Test
  void aBlockIsOfferedOnceThatIsSynced() throws Exception {
    FaultyDisk disk = new FaultyDisk(new NioDisk());
    CountDownLatch goOn = new CountDownLatch(1);
    try (Edge edge = Edge.onDisk(temp.resolve("a"), disk)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      FrameId id = edge.announced.keySet().iterator().next();
      disk.fault(
          operation -> {
            if (operation == Operation.FORCE) {
              await(goOn);
            }
          });
      CompletableFuture<Void> offer = edge.recorder.outbox().offer(id);
      edge.figures();
      boolean early = offer.isDone();
      goOn.countDown();
      offer.join();
      assertFalse(early, "offered before it was synced");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** J1: a verdict that was synced is known after a restart, and its frame is not sent again. */
  @Test
  void remembersVerdictsOverARestart() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      FrameId id = edge.announced.keySet().iterator().next();
      edge.deliver(id);
    }
    try (Edge edge = Edge.open(directory)) {
      LaneFigures lane = Objects.requireNonNull(edge.figures().lanes().get(Lane.WINDOW));
      assertEquals(1, lane.delivered().frames());
      assertEquals(0, lane.buffered().frames());
    }
  }

  /** L2: each under its own name; a frame that was put off goes on waiting. */
  @Test
  void settlesEachVerdictAsWhatItSays() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      Verdict[] verdicts = Verdict.values();
      for (long minute = 0; minute < verdicts.length; minute++) {
        edge.publishSafely("pump-7/flow", 1, START_MICROS + minute * 60 * SECOND);
        edge.closeWindows();
      }
      for (FrameId id : edge.announced.keySet()) {
        edge.send(id);
        Verdict verdict = verdicts[(int) id.number() - 1];
        edge.recorder.outbox().settle(Verdicts.of(id, verdict)).join();
      }
      LaneFigures lane = Objects.requireNonNull(edge.figures().lanes().get(Lane.WINDOW));
      assertEquals(1, lane.delivered().frames());
      assertEquals(1, lane.superseded().frames());
      assertEquals(1, lane.refused().frames());
      assertEquals(1, lane.conflict().frames());
      assertEquals(1, lane.buffered().frames());
    }
  }

  @Test
  void settlesFramesByTheCloudsVerdicts() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      FrameId id = edge.announced.keySet().iterator().next();

      edge.deliver(id);

      LaneFigures lane = Objects.requireNonNull(edge.figures().lanes().get(Lane.WINDOW));
      assertEquals(1, lane.delivered().frames());
      assertEquals(0, lane.buffered().frames());
    }
  }

  @Test
  void announcesAgainWhatTheCloudLost() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      FrameId id = edge.announced.keySet().iterator().next();
      edge.deliver(id);
      edge.announced.clear();

      Acknowledgement empty =
          acknowledgement(true, new IncarnationVerdicts(id.incarnation(), List.of()));
      edge.recorder.outbox().reconcile(empty).join();

      Edge.await("announced again", () -> edge.announced.containsKey(id));
    }
  }

  @Test
  void offersABlockBeforeItIsSentAndRemembersIt() throws Exception {
    Path directory = temp.resolve("a");
    FrameId id;
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      id = edge.announced.keySet().iterator().next();
      edge.recorder.outbox().offer(id).join();
    }
    try (Edge edge = Edge.open(directory)) {
      assertEquals(1, Objects.requireNonNull(edge.figures().lanes().get(Lane.WINDOW)).offered());
    }
  }

  @Test
  void beginsANewIncarnationWithEachStart() throws Exception {
    Path directory = temp.resolve("a");
    Incarnation first;
    try (Edge edge = Edge.open(directory)) {
      first = edge.recorder.incarnation();
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
    }
    try (Edge edge = Edge.open(directory)) {
      edge.awaitAnnounced();
      assertNotEquals(first, edge.recorder.incarnation());
      assertEquals(first, onlyFrame(edge).id().incarnation());
    }
  }

  @Test
  void closesOpenWindowsUnderTheOldLengthBeforeANewOneApplies() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS + 30 * SECOND);
      Edge.copy(directory, temp.resolve("b"));
    }
    try (Edge edge = Edge.withWindows(temp.resolve("b"), 10 * SECOND)) {
      edge.publishSafely("pump-7/flow", 2, START_MICROS + 31 * SECOND);
      edge.closeWindows();

      List<Long> lengths =
          windows(edge.frames().values()).stream().map(Window::lengthMicros).sorted().toList();
      assertEquals(List.of(10 * SECOND, 60 * SECOND), lengths);
    }
  }

  /**
   * J4: two copies of a killed directory close the same frames, and number new ones under different
   * names.
   */
  @Test
  void copiesOfAKilledDirectoryRepeatEqualFramesAndThenDiverge() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = Edge.open(directory)) {
      for (int i = 0; i < 50; i++) {
        edge.publishSafely("pump-" + i % 7 + "/flow", i, START_MICROS + i * SECOND);
      }
      Edge.copy(directory, temp.resolve("b"));
      Edge.copy(directory, temp.resolve("c"));
    }
    try (Edge b = Edge.openAt(temp.resolve("b"), START_MICROS + 1000 * SECOND);
        Edge c = Edge.openAt(temp.resolve("c"), START_MICROS + 2000 * SECOND)) {
      b.awaitAnnounced();
      c.awaitAnnounced();
      assertEquals(b.announced.keySet(), c.announced.keySet());
      assertFalse(b.announced.isEmpty());
      b.announced.keySet().forEach(id -> assertEquals(b.identity(id), c.identity(id)));
      assertEquals(50, b.figures().folded());

      assertNotEquals(b.recorder.incarnation(), c.recorder.incarnation());
    }
  }

  /**
   * A1, J1, J4: whatever was safe when the directory was copied is in the copy's frames exactly
   * once, and frames that both have numbered are equal.
   */
  @RepeatedTest(8)
  void losesAndDoublesNothingWhereverItIsKilled() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path directory = temp.resolve("a");
    Map<String, Integer> safe = new HashMap<>();
    long stamp = START_MICROS;
    try (Edge edge = Edge.open(directory)) {
      for (int step = 0; step < 600; step++) {
        String topic = "pump-" + random.nextInt(5) + "/flow";
        stamp += random.nextInt(2_000) * 1000L;
        long late = random.nextInt(10) == 0 ? 120 * SECOND : 0;
        // A value of its own, or an equal reading of the same millisecond would be a duplicate.
        edge.publishSafely(topic, step, stamp - late);
        safe.merge(topic, 1, Integer::sum);
        edge.pass(random.nextInt(1_000_000));
        assertBalanced(edge.figures(), seed);
      }
      Set<FrameId> sendable = edge.copyAsKilled(directory, temp.resolve("b"));
      try (Edge copy = Edge.open(temp.resolve("b"))) {
        copy.awaitAnnounced();
        assertEquals(safe, counts(copy), "seed " + seed);
        edge.awaitAnnounced();
        sendable.forEach(
            id -> assertEquals(edge.identity(id), copy.identity(id), "seed " + seed + " " + id));
        assertBalanced(copy.figures(), seed);
      }
    }
  }

  private static void assertBalanced(EdgeFigures figures, long seed) {
    long rejected = figures.rejected().values().stream().mapToLong(Long::longValue).sum();
    long refused = figures.refused().values().stream().mapToLong(Long::longValue).sum();
    assertEquals(figures.received(), figures.accepted() + rejected + refused, "seed " + seed);
    assertEquals(
        figures.accepted(),
        figures.folded() + figures.duplicate() + figures.pending(),
        "seed " + seed);
  }

  private static Map<String, Integer> counts(Edge edge) {
    Map<String, Integer> counts = new HashMap<>();
    for (Frame frame : edge.frames().values()) {
      frame
          .windows()
          .forEach(
              row ->
                  counts.merge(
                      frame.series().get(row.series()).name(),
                      (int) row.window().count(),
                      Integer::sum));
    }
    return counts;
  }

  private static List<Window> windows(Collection<Frame> frames) {
    return frames.stream()
        .flatMap(frame -> frame.windows().stream())
        .map(row -> row.window())
        .toList();
  }

  private static Frame onlyFrame(Edge edge) {
    Collection<Frame> frames = edge.frames().values();
    assertEquals(1, frames.size());
    return frames.iterator().next();
  }

  private static Acknowledgement acknowledgement(boolean full, IncarnationVerdicts verdicts) {
    return new Acknowledgement(full, "1/1", START_MICROS, 1 << 20, 1, List.of(verdicts));
  }
}
