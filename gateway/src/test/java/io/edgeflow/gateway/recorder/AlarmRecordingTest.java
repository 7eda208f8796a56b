package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.alarms.AlarmCondition;
import io.edgeflow.gateway.alarms.AlarmOutcome;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alarms in the journal: their states survive whatever readings survive. */
@Timeout(120)
final class AlarmRecordingTest {
  private static final long MINUTE = 60 * SECOND;

  @TempDir Path temp;

  private static AlarmRule rule(String name, AlarmCondition condition, long onDelay) {
    return new AlarmRule(
        name, new Glob("pump*/flow"), condition, onDelay, 0, AlarmPriority.HIGH, "");
  }

  private static List<AlarmRule> high(double limit) {
    return List.of(rule("high", new AlarmCondition.Limit(AlarmCondition.Level.H, limit, 0), 0));
  }

  private static Edge open(Path directory, List<AlarmRule> rules, long nowMicros)
      throws IOException {
    return Edge.withAlarms(directory, new NioDisk(), nowMicros, rules);
  }

  private static List<String> states(Edge edge) {
    return edge.recorder.alarms().list(true).join().stream().map(AlarmRecord::state).toList();
  }

  private static String id(Edge edge) {
    return edge.recorder.alarms().list(true).join().getFirst().id();
  }

  /** The words of the events about alarms, from whatever frames wait. */
  private static List<String> told(Edge edge) {
    edge.closeWindows();
    return edge.frames().values().stream()
        .flatMap(frame -> frame.events().stream())
        .filter(event -> event.type().startsWith("alarm"))
        .sorted((a, b) -> Long.compare(a.timeMicros(), b.timeMicros()))
        .map(EventRow::type)
        .toList();
  }

  @Test
  void tellsTheCloudAndRemembersOverARestart() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = open(directory, high(20), START_MICROS)) {
      edge.publishSafely("pump-7/flow", 30, START_MICROS);
      assertEquals(List.of("unacknowledged"), states(edge));
      edge.pass(SECOND);
      var done = edge.recorder.alarms().acknowledge(id(edge), "ada", "seen").join();
      assertEquals("acknowledged", assertInstanceOf(AlarmOutcome.Done.class, done).alarm().state());
    }
    try (Edge edge = open(directory, high(20), START_MICROS + 2 * SECOND)) {
      assertEquals(List.of("acknowledged"), states(edge));
      edge.publishSafely("pump-7/flow", 10, START_MICROS + 2 * SECOND);
      assertEquals(List.of("normal"), states(edge));
      assertEquals(List.of("alarm-raised", "alarm-acknowledged", "alarm-returned"), told(edge));
    }
  }

  @Test
  void remembersBehindACheckpoint() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = open(directory, high(20), START_MICROS)) {
      edge.publishSafely("pump-7/flow", 30, START_MICROS);
      edge.publishSafely("pump-8/flow", 30, START_MICROS - 20 * MINUTE);
      edge.awaitSafe(edge.publish("ballast/x", "[" + "7,".repeat(6_000) + "7]"));
      Edge.await("a checkpoint is taken", () -> segments(directory) > 1);
      edge.copyAsKilled(directory, temp.resolve("b"));
    }
    try (Edge edge = open(temp.resolve("b"), high(20), START_MICROS + SECOND)) {
      assertEquals(List.of("unacknowledged", "normal"), states(edge));
      edge.awaitRound();
      assertEquals(List.of("alarm-raised", "alarm-digest"), told(edge));
    }
  }

  private static int segments(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.filter(file -> file.toString().endsWith(".log")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tellsWhatOnlyTimeDoes() throws Exception {
    List<AlarmRule> rules =
        List.of(
            rule("late", new AlarmCondition.Limit(AlarmCondition.Level.H, 20, 0), 5 * SECOND),
            rule("silent", new AlarmCondition.Stale(30 * SECOND), 0));
    try (Edge edge = open(temp.resolve("a"), rules, START_MICROS)) {
      edge.publishSafely("pump-7/flow", 30, START_MICROS);
      assertEquals(List.of("normal", "normal"), states(edge));
      edge.pass(5 * SECOND);
      Edge.await("the delay is over", () -> states(edge).getFirst().equals("unacknowledged"));
      edge.pass(25 * SECOND);
      Edge.await("it is silent", () -> states(edge).getLast().equals("unacknowledged"));
      assertEquals(List.of("alarm-raised", "alarm-raised"), told(edge));
    }
  }

  /** A series that only tells changes must not wait for its next one. */
  @Test
  void goesOnWithADelayThatAKillCutOff() throws Exception {
    List<AlarmRule> rules =
        List.of(rule("late", new AlarmCondition.Limit(AlarmCondition.Level.H, 20, 0), 5 * SECOND));
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("b");
    try (Edge edge = open(directory, rules, START_MICROS)) {
      edge.publishSafely("pump-7/flow", 30, START_MICROS);
      edge.copyAsKilled(directory, killed);
    }
    try (Edge edge = open(killed, rules, START_MICROS + SECOND)) {
      assertEquals(List.of("normal"), states(edge));
      edge.pass(5 * SECOND);
      Edge.await("the delay is over", () -> states(edge).equals(List.of("unacknowledged")));
    }
  }

  @Test
  void makesADigestOfALoggerThatIsReadOut() throws Exception {
    try (Edge edge = open(temp.resolve("a"), high(20), START_MICROS)) {
      for (int i = 0; i < 100; i++) {
        edge.publishSafely("pump-7/flow", 30, START_MICROS - 60 * MINUTE + i * SECOND);
      }
      edge.publishSafely("pump-7/flow", 10, START_MICROS);
      assertEquals(List.of("normal"), states(edge));
      assertEquals(List.of("alarm-digest"), told(edge));
    }
  }

  /**
   * A reading raises an alarm and the next one ends it. Wherever the journal is cut, as a kill or a
   * power cut may: when the sender has sent again what was not acknowledged, every transition was
   * told once.
   */
  @Test
  void losesNoAlarmAndTellsNoneTwiceWhereverTheJournalIsCut() throws Exception {
    Path directory = temp.resolve("a");
    Path before = temp.resolve("before");
    Path after = temp.resolve("after");
    try (Edge edge = open(directory, high(20), START_MICROS)) {
      edge.publishSafely("pump-7/flow", 10, START_MICROS);
      edge.copyAsKilled(directory, before);
      sendAll(edge);
      edge.copyAsKilled(directory, after);
    }
    Path segment = newest(after);
    byte[] whole = Files.readAllBytes(segment);
    int from = Arrays.mismatch(Files.readAllBytes(newest(before)), whole);
    int to = whole.length;
    while (whole[to - 1] == 0) {
      to--;
    }
    assertTrue(to - from > 500, "the records between " + from + " and " + to);
    for (int cut = from; cut <= to; cut += 13) {
      Path killed = Edge.copy(after, temp.resolve("cut" + cut));
      Files.write(killed.resolve(segment.getFileName()), Arrays.copyOf(whole, cut));
      try (Edge edge = open(killed, high(20), START_MICROS + 3 * SECOND)) {
        sendAll(edge);
        assertEquals(List.of("alarm-raised", "alarm-returned"), told(edge), "cut at " + cut);
        assertEquals(List.of("returned-unacknowledged"), states(edge), "cut at " + cut);
      }
    }
  }

  private static void sendAll(Edge edge) {
    edge.publishSafely("pump-7/flow", 30, START_MICROS + SECOND);
    edge.publishSafely("pump-7/flow", 12, START_MICROS + 2 * SECOND);
  }

  private static Path newest(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList().getLast();
    }
  }

  /** What somebody said is answered when it is synced, so it holds over a kill. */
  @Test
  void keepsWhatPeopleSaidOverAKill() throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("b");
    try (Edge edge = open(directory, high(20), START_MICROS)) {
      edge.publishSafely("pump-7/flow", 30, START_MICROS);
      edge.recorder.alarms().shelve(id(edge), "ada", "repair", Duration.ofMinutes(10)).join();
      edge.copyAsKilled(directory, killed);
      edge.recorder.alarms().unshelve(id(edge), "ada", "").join();
      assertEquals(List.of("unacknowledged"), states(edge));
    }
    try (Edge edge = open(killed, high(20), START_MICROS + 4 * MINUTE)) {
      assertEquals(List.of("shelved"), states(edge));
      AlarmRecord alarm = edge.recorder.alarms().list(false).join().getFirst();
      assertEquals(START_MICROS + 10 * MINUTE, Objects.requireNonNull(alarm.shelf()).untilMicros());
      edge.pass(6 * MINUTE);
      Edge.await("the shelf ends", () -> states(edge).equals(List.of("unacknowledged")));
    }
  }

  /** The readings that raised an alarm are the ones that somebody will ask for. */
  @Test
  void findsReadingsThatRaisedAlarms() throws Exception {
    try (Edge edge = open(temp.resolve("a"), high(20), START_MICROS)) {
      sendAll(edge);
      FetchRequest all =
          new FetchRequest(
              List.of(new Glob("*")), START_MICROS, START_MICROS + MINUTE, 1_000, false);
      var begun =
          assertInstanceOf(
              FlightRecorder.Answer.Begun.class, edge.recorder.flightRecorder().fetch(all));
      Edge.await(
          "both are found",
          () ->
              edge.recorder.flightRecorder().status(begun.status().id()).orElseThrow().readings()
                  == 2);
    }
  }

  @Test
  void readsRecordsOfBothKindsForWhoAsksForReadings() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = open(directory.resolve("journal"), high(20), START_MICROS)) {
      edge.publishSafely("pump-7/flow", 30, START_MICROS);
      edge.publishSafely("pump-7/flow", 31, START_MICROS + 1000);
    }
    try (StoppedEdge edge = StoppedEdge.open(new NioDisk(), directory).orElseThrow()) {
      long[] readings = {0};
      edge.records(record -> readings[0] += record.readings());
      assertEquals(2, readings[0]);
      assertEquals(START_MICROS, edge.heldFromMicros().orElseThrow());
      assertEquals(List.of(), edge.inspect(path -> {}).findings());
    }
  }
}
