package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.alarms.AlarmCondition;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.rawcapture.CaptureOrder;
import io.edgeflow.gateway.rawcapture.Span;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.RawRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The raw readings around an alarm go to the cloud, each once (L11, J1). */
@Timeout(120)
final class AlarmCaptureTest {
  private static final long MINUTE = 60 * SECOND;
  private static final long ALARM = START_MICROS + 10 * MINUTE;

  @TempDir Path temp;

  private static AlarmRule rule(String series, Span span) {
    return new AlarmRule(
        "high",
        new Glob(series),
        new AlarmCondition.Limit(AlarmCondition.Level.H, 1_000, 0),
        0,
        0,
        AlarmPriority.HIGH,
        "",
        span);
  }

  private static Edge open(Path directory, long nowMicros, AlarmRule... rules) throws IOException {
    return Edge.withAlarms(directory, new NioDisk(), nowMicros, List.of(rules));
  }

  /** A reading each 30 s of the edge's time, until this. */
  private static void send(Edge edge, String series, long untilMicros) {
    while (edge.wallMicros.get() < untilMicros) {
      edge.publishSafely(series, second(edge), edge.wallMicros.get());
      edge.pass(30 * SECOND);
    }
  }

  private static double second(Edge edge) {
    return (edge.wallMicros.get() - START_MICROS) / (double) SECOND;
  }

  private static void alarm(Edge edge, String series) {
    edge.publishSafely(series, 1_000 + second(edge), edge.wallMicros.get());
  }

  private static int pending(Edge edge) {
    return edge.recorder.captures().figures().orTimeout(30, TimeUnit.SECONDS).join().pending();
  }

  private static void awaitCaptured(Edge edge) {
    Edge.await(
        "everything around alarms is captured",
        () -> {
          edge.pass(SECOND);
          return pending(edge) == 0;
        });
  }

  /** Series and value of all that is on the raw lane, sorted. */
  private static List<String> raw(Edge edge) {
    edge.awaitAnnounced();
    List<String> rows = new ArrayList<>();
    for (Frame frame : RawFrames.of(edge).values()) {
      for (RawRow row : frame.raw()) {
        rows.add(frame.series().get(row.series()).name() + " " + (long) row.number());
      }
    }
    rows.sort(null);
    return rows;
  }

  private static List<String> seconds(String series, long from, long to) {
    List<String> rows = new ArrayList<>();
    for (long second = from; second < to; second += 30) {
      rows.add(series + " " + second);
    }
    return rows;
  }

  private static List<String> and(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).sorted().toList();
  }

  private static List<EventRow> told(Edge edge) {
    Edge.await(
        "events are in frames",
        () -> {
          edge.pass(SECOND);
          return edge.recorder.onOwner(state -> state.events.isEmpty()).join();
        });
    edge.awaitAnnounced();
    return edge.frames().values().stream()
        .flatMap(frame -> frame.events().stream())
        .filter(event -> event.type().startsWith("raw-"))
        .toList();
  }

  @Test
  void sendsFiveMinutesBeforeAndAfterAndTellsOfIt() throws Exception {
    try (Edge edge = open(temp.resolve("a"), START_MICROS, rule("pump-7/flow", Span.STANDARD))) {
      send(edge, "pump-7/flow", ALARM);
      edge.publishSafely("pump-8/flow", 8, ALARM - SECOND);
      alarm(edge, "pump-7/flow");
      edge.pass(30 * SECOND);
      send(edge, "pump-7/flow", ALARM + 6 * MINUTE);
      awaitCaptured(edge);

      List<String> around = and(seconds("pump-7/flow", 300, 600), seconds("pump-7/flow", 630, 900));
      assertEquals(and(around, List.of("pump-7/flow 1600")), raw(edge));
      EventRow event = told(edge).getFirst();
      assertEquals("raw-captured pump-7/flow", event.type() + " " + event.series());
      String alarmId = edge.recorder.alarms().list(false).join().getFirst().id();
      assertEquals(alarmId, event.detail().get("alarm"));
      assertEquals("20", event.detail().get("readings"));
      assertEquals("" + (ALARM - 5 * MINUTE) / 1000, event.detail().get("from"));
      assertEquals("" + (ALARM + 5 * MINUTE) / 1000, event.detail().get("to"));
      assertEquals("", event.detail().get("missing"));
      assertEquals(1, told(edge).size());
    }
  }

  @Test
  void sendsNothingWhereTheRuleSaysSo() throws Exception {
    try (Edge edge = open(temp.resolve("a"), START_MICROS, rule("pump-7/flow", Span.NONE))) {
      alarm(edge, "pump-7/flow");
      assertEquals(0, pending(edge));
    }
  }

  /** What was reported anyway, captured on demand or fetched goes once. */
  @Test
  void sendsNothingTwice() throws Exception {
    try (Edge edge = open(temp.resolve("a"), START_MICROS, rule("*/flow", Span.STANDARD))) {
      send(edge, "all/flow", START_MICROS + MINUTE);
      send(edge, "pump-7/flow", START_MICROS + 2 * MINUTE);
      edge.recorder
          .captures()
          .begin(new CaptureOrder(List.of(new Glob("*")), Duration.ofMinutes(1), "ada", "why"))
          .join();
      send(edge, "pump-7/flow", START_MICROS + 4 * MINUTE);
      edge.recorder
          .flightRecorder()
          .fetch(
              new FetchRequest(
                  List.of(new Glob("pump-7/*")), 0, START_MICROS + 2 * MINUTE, 1_000, false));
      Edge.await("two are fetched", () -> edge.figures().fetched() == 2);
      alarm(edge, "pump-7/flow");
      edge.publishSafely("all/flow", 5_000, edge.wallMicros.get());
      edge.pass(SECOND);
      edge.publishSafely("pump-7/flow", 5, edge.wallMicros.get());
      edge.pass(MINUTE);
      alarm(edge, "pump-7/flow");
      awaitCaptured(edge);
      RawFrames.await(edge);

      List<String> all = List.of("all/flow 0", "all/flow 30", "all/flow 5000");
      List<String> pump = List.of("pump-7/flow 1240", "pump-7/flow 1301", "pump-7/flow 5");
      assertEquals(and(and(all, pump), seconds("pump-7/flow", 60, 240)), raw(edge));
    }
  }

  /** Alarms that keep coming while one waits are one stretch, and each is told. */
  @Test
  void joinsAlarmsOfOneSeries() throws Exception {
    try (Edge edge = open(temp.resolve("a"), START_MICROS, rule("pump-7/flow", Span.STANDARD))) {
      for (int i = 0; i < 4; i++) {
        alarm(edge, "pump-7/flow");
        edge.pass(MINUTE);
        edge.publishSafely("pump-7/flow", i, edge.wallMicros.get());
        edge.pass(MINUTE);
      }
      assertEquals(1, pending(edge));
      awaitCaptured(edge);
      assertEquals(8, raw(edge).size());
      EventRow event = told(edge).getFirst();
      assertEquals("8", event.detail().get("readings"));
      assertEquals("" + (START_MICROS + 11 * MINUTE) / 1000, event.detail().get("to"));
      assertEquals(1, told(edge).size(), "it was one alarm, over and over");
    }
  }

  @Test
  void takesTheSeriesThatAScoreWasMadeOf() throws Exception {
    try (Edge edge =
        open(temp.resolve("a"), START_MICROS, rule("*/anomaly.score", Span.STANDARD))) {
      edge.recorder
          .captures()
          .sources(
              series ->
                  series.equals("pump-7/anomaly.score")
                      ? List.of("pump-7/flow", "hall/temperature", "never/seen")
                      : List.of());
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.publishSafely("hall/temperature", 2, START_MICROS);
      edge.publishSafely("pump-8/flow", 3, START_MICROS);
      alarm(edge, "pump-7/anomaly.score");
      awaitCaptured(edge);
      assertEquals(
          List.of("hall/temperature 2", "pump-7/anomaly.score 1000", "pump-7/flow 1"), raw(edge));
      assertEquals(
          "pump-7/flow, hall/temperature, pump-7/anomaly.score",
          told(edge).getFirst().detail().get("series"));
    }
  }

  /** A flood of alarms does not fill the raw lane, and is told once. */
  @Test
  void refusesAFloodAndSaysHowMany() throws Exception {
    try (Edge edge = open(temp.resolve("a"), START_MICROS, rule("*/flow", Span.STANDARD))) {
      for (int i = 0; i < AlarmCaptures.BURST + 5; i++) {
        alarm(edge, "pump-" + i + "/flow");
      }
      assertEquals(AlarmCaptures.BURST, pending(edge));
      assertEquals(5, edge.recorder.captures().figures().join().refused());
      awaitCaptured(edge);
      assertEquals(AlarmCaptures.BURST, raw(edge).size());
      List<EventRow> refusals =
          told(edge).stream().filter(event -> event.type().equals("raw-capture-refused")).toList();
      assertEquals(
          5,
          refusals.stream()
              .mapToLong(event -> Long.parseLong(event.detail().getOrDefault("alarms", "0")))
              .sum());
      assertTrue(refusals.size() <= 2, () -> "" + refusals);
    }
  }

  /** J10: where the flight recorder does not reach so far back, an event says so. */
  @Test
  void saysWhatIsNotThereAnyMore() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = open(directory, START_MICROS, rule("pump-7/flow", Span.STANDARD))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      long segments = segments(directory).size();
      while (segments(directory).size() < segments + 2) {
        edge.awaitSafe(edge.publish("ballast/x", "[" + "7,".repeat(2_000) + "7]"));
      }
      edge.pass(MINUTE);
      alarm(edge, "pump-7/flow");
    }
    Files.delete(segments(directory).getFirst());
    try (Edge edge =
        open(directory, START_MICROS + 7 * MINUTE, rule("pump-7/flow", Span.STANDARD))) {
      awaitCaptured(edge);
      assertEquals(List.of("pump-7/flow 1060"), raw(edge));
      EventRow event = told(edge).getFirst();
      String missing = Objects.requireNonNull(event.detail().get("missing"));
      assertTrue(missing.startsWith("no longer there: what arrived from "), missing);
    }
  }

  /** Several alarms make one pass, and it leaves out what is too old for any of them. */
  @Test
  void looksOnceThroughTheSegmentsThatCanHoldThem() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge edge = open(directory, START_MICROS, rule("*/flow", Span.STANDARD))) {
      for (int i = 0; i < 6; i++) {
        edge.publishSafely("pump-7/flow", i, edge.wallMicros.get());
        int segments = segments(directory).size();
        while (segments(directory).size() == segments) {
          edge.awaitSafe(edge.publish("ballast/x", "[" + "7,".repeat(2_000) + "7]"));
        }
        edge.pass(i < 4 ? 30 * MINUTE : MINUTE);
      }
      alarm(edge, "pump-7/flow");
      alarm(edge, "pump-8/flow");
      awaitCaptured(edge);
      assertEquals(
          List.of("pump-7/flow 4", "pump-7/flow 5", "pump-7/flow 8320", "pump-8/flow 8320"),
          raw(edge));
      long read = edge.recorder.captures().figures().join().segmentsRead();
      assertTrue(read >= 2 && read <= 4, "so many were read: " + read);
      assertTrue(segments(directory).size() >= 6, "of as many");
    }
  }

  private static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  /**
   * Wherever the journal is cut, as a kill or a power cut may, from before the alarm until its
   * readings are sent: when the sender has sent again what was not acknowledged, every reading
   * around the alarm is on the raw lane once.
   */
  @Test
  void sendsEachOnceWhereverTheJournalIsCut() throws Exception {
    Path directory = temp.resolve("a");
    Path before = temp.resolve("before");
    Path after = temp.resolve("after");
    AlarmRule rule = rule("pump-7/flow", Span.STANDARD);
    try (Edge edge = open(directory, START_MICROS, rule)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.copyAsKilled(directory, before);
      alarmAndMore(edge);
      awaitCaptured(edge);
      edge.awaitAnnounced();
      edge.copyAsKilled(directory, after);
    }
    Path segment = segments(after).getLast();
    byte[] whole = Files.readAllBytes(segment);
    int from = Arrays.mismatch(Files.readAllBytes(segments(before).getLast()), whole);
    int to = whole.length;
    while (whole[to - 1] == 0) {
      to--;
    }
    assertTrue(to - from > 1_000, "the records between " + from + " and " + to);
    for (int cut = from; cut <= to; cut += 131) {
      Path killed = Edge.copy(after, temp.resolve("cut" + cut));
      Files.write(killed.resolve(segment.getFileName()), Arrays.copyOf(whole, cut));
      try (Edge edge = open(killed, START_MICROS + 8 * MINUTE, rule)) {
        alarmAndMore(edge);
        awaitCaptured(edge);
        assertEquals(
            List.of("pump-7/flow 1", "pump-7/flow 2000", "pump-7/flow 3"),
            raw(edge),
            "cut at " + cut);
        assertEquals(1, told(edge).size(), "cut at " + cut);
      }
    }
  }

  /** The stretch is over long since when it starts, and whoever the kill cut off takes a moment. */
  @Test
  void waitsAfterAStartForWhatSendersHaveToSendAgain() throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("b");
    AlarmRule rule = rule("pump-7/flow", Span.STANDARD);
    try (Edge edge = open(directory, START_MICROS, rule)) {
      edge.publishSafely("pump-7/flow", 2_000, START_MICROS + SECOND);
      edge.copyAsKilled(directory, killed);
    }
    try (Edge edge = open(killed, START_MICROS + 8 * MINUTE, rule)) {
      lingers(edge);
    }
  }

  /** A sensor that was cut off for minutes sends what it kept, an alarm in the midst of it. */
  @Test
  void waitsForWhatComesBehindALateAlarm() throws Exception {
    AlarmRule rule = rule("pump-7/flow", Span.STANDARD);
    try (Edge edge = open(temp.resolve("a"), START_MICROS + 8 * MINUTE, rule)) {
      edge.publishSafely("pump-7/flow", 2_000, START_MICROS + SECOND);
      lingers(edge);
    }
  }

  private static void lingers(Edge edge) throws InterruptedException {
    edge.pass(9 * SECOND);
    edge.awaitRound();
    Thread.sleep(100);
    assertEquals(1, pending(edge), "a pass has begun and ended");
    edge.publishSafely("pump-7/flow", 3, START_MICROS + 2 * SECOND);
    awaitCaptured(edge);
    assertEquals(List.of("pump-7/flow 2000", "pump-7/flow 3"), raw(edge));
  }

  /** J2: where damage took the name of a series, what was wanted of it must break nothing. */
  @Test
  void goesOnWhereTheSeriesOfAnAlarmIsDamaged() throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("b");
    AlarmRule rule = rule("*/flow", Span.STANDARD);
    try (Edge edge = open(directory, START_MICROS, rule)) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.publishSafely("pump-8/flow", 2, START_MICROS);
      edge.publishSafely("pump-7/flow", 2_000, START_MICROS + SECOND);
      edge.publishSafely("pump-8/flow", 3_000, START_MICROS + SECOND);
      edge.copyAsKilled(directory, killed);
    }
    damage(segments(killed).getLast(), "pump-7/flow");
    for (int start = 0; start < 2; start++) {
      try (Edge edge = open(killed, START_MICROS + 8 * MINUTE, rule)) {
        awaitCaptured(edge);
        edge.publishSafely("pump-8/flow", start, edge.wallMicros.get());
        assertEquals(List.of("pump-8/flow 2", "pump-8/flow 3000"), raw(edge), "start " + start);
      }
    }
  }

  /** Where the journal first says this. */
  private static void damage(Path file, String text) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertTrue(at > 0, () -> text + " is not there");
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  private static void alarmAndMore(Edge edge) {
    edge.publishSafely("pump-7/flow", 2_000, START_MICROS + SECOND);
    edge.publishSafely("pump-7/flow", 3, START_MICROS + 2 * SECOND);
  }
}
