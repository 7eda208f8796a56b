package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.WindowRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series that says nothing for too long has a stale value, and the data say so. */
final class SilenceTest {
  private static final String FLOW = "silent/flow";

  @TempDir Path directory;

  private static LatestReading latest(Edge edge, String series) {
    return edge.recorder.latest().join().stream()
        .filter(reading -> reading.series().equals(series))
        .findAny()
        .orElseThrow();
  }

  private static void awaitQuality(Edge edge, String series, Quality quality) {
    Edge.await(series + " is " + quality, () -> latest(edge, series).quality() == quality);
  }

  private static List<RawRow> rows(Edge edge) {
    edge.closeWindows();
    RawFrames.await(edge);
    return edge.frames().values().stream()
        .flatMap(frame -> frame.raw().stream())
        .sorted(Comparator.comparingLong(RawRow::timeMicros))
        .toList();
  }

  private static List<String> told(Edge edge) {
    return rows(edge).stream()
        .map(row -> (row.text() == null ? "" + row.number() : row.text()) + " " + row.quality())
        .toList();
  }

  @Test
  void recordsOnceThatTheLastValueIsStaleAndIsGoodWithTheNextOne() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(FLOW, 5, START_MICROS);
      edge.pass(29 * SECOND);
      edge.awaitRound();
      assertEquals(Quality.GOOD, latest(edge, FLOW).quality());
      edge.pass(SECOND);
      awaitQuality(edge, FLOW, Quality.STALE);
      assertEquals(START_MICROS + 30 * SECOND, latest(edge, FLOW).timeMicros());
      assertEquals(START_MICROS, latest(edge, FLOW).knownMicros());
      assertEquals(5, latest(edge, FLOW).number());
      for (int i = 0; i < 5; i++) {
        edge.pass(40 * SECOND);
        edge.awaitRound();
      }
      edge.publishSafely(FLOW, 6, START_MICROS + 230 * SECOND);
      assertEquals(Quality.GOOD, latest(edge, FLOW).quality());
      assertEquals(START_MICROS + 230 * SECOND, latest(edge, FLOW).knownMicros());
      assertEquals(
          List.of("5.0 GOOD", "5.0 STALE", "6.0 GOOD"), told(edge).stream().limit(3).toList());
    }
  }

  @Test
  void countsItInTheWindowAndInTheAccount() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(FLOW, 5, START_MICROS);
      edge.pass(30 * SECOND);
      awaitQuality(edge, FLOW, Quality.STALE);
      edge.closeWindows();
      List<WindowRow> windows =
          edge.frames().values().stream().flatMap(frame -> frame.windows().stream()).toList();
      assertEquals(1, windows.size());
      assertEquals(1, windows.getFirst().window().stale());
      assertEquals(2, windows.getFirst().window().count());
      assertEquals(5, windows.getFirst().window().sum());
      EdgeFigures figures = edge.figures();
      assertEquals(2, figures.received());
      assertEquals(2, figures.accepted());
      assertEquals(2, figures.folded());
    }
  }

  @Test
  void marksStatesTextsAndCountersToo() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely("silent/state", 3, START_MICROS);
      edge.awaitSafe(edge.publish("silent/mode", "\"auto\""));
      edge.publishSafely("all/energy", 65_000, START_MICROS);
      edge.publishSafely("all/energy", 4, START_MICROS + 1);
      edge.recorder.silent(List.of("all/energy", "no/such"));
      edge.pass(SECOND);
      awaitQuality(edge, "all/energy", Quality.STALE);
      edge.publishSafely("all/energy", 5, START_MICROS + SECOND);
      assertEquals(65_541, latest(edge, "all/energy").number());
      edge.pass(30 * SECOND);
      awaitQuality(edge, "silent/state", Quality.STALE);
      awaitQuality(edge, "silent/mode", Quality.STALE);
      assertEquals("auto", latest(edge, "silent/mode").text());
      edge.closeWindows();
      assertEquals(
          List.of("GOOD", "GOOD", "STALE", "STALE"),
          edge.frames().values().stream()
              .flatMap(frame -> frame.changes().stream())
              .map(row -> row.quality().name())
              .sorted()
              .toList());
    }
  }

  /** A stamp of the sender's, an hour behind: stale at once, and good again at once. */
  @Test
  void followsTheClockOfTheSender() throws IOException {
    long theirs = START_MICROS - 3600 * SECOND;
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(FLOW, 5, theirs);
      edge.pass(31 * SECOND);
      awaitQuality(edge, FLOW, Quality.STALE);
      assertEquals(theirs + 31 * SECOND, latest(edge, FLOW).timeMicros());
      edge.publishSafely(FLOW, 6, theirs + 32 * SECOND);
      assertEquals(Quality.GOOD, latest(edge, FLOW).quality());
    }
  }

  @Test
  void isNotHeardWhereTheSameReadingComesAgain() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(FLOW, 5, START_MICROS);
      edge.pass(20 * SECOND);
      edge.publishSafely(FLOW, 5, START_MICROS);
      edge.pass(10 * SECOND);
      awaitQuality(edge, FLOW, Quality.STALE);
    }
  }

  @Test
  void isFoundAfterARestartAndNotSaidTwice() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(FLOW, 5, START_MICROS);
      edge.publishSafely("silent/other", 7, START_MICROS);
      edge.pass(30 * SECOND);
      awaitQuality(edge, FLOW, Quality.STALE);
      edge.publishSafely("silent/other", 8, START_MICROS + 31 * SECOND);
    }
    long later = START_MICROS + 3600 * SECOND;
    try (Edge edge = Edge.openAt(directory, later)) {
      edge.awaitRound();
      assertEquals(Quality.GOOD, latest(edge, "silent/other").quality());
      edge.pass(31 * SECOND);
      awaitQuality(edge, "silent/other", Quality.STALE);
      assertEquals(later + 31 * SECOND, latest(edge, "silent/other").timeMicros());
      assertEquals(START_MICROS + 31 * SECOND, latest(edge, "silent/other").knownMicros());
      assertEquals(START_MICROS + 30 * SECOND, latest(edge, FLOW).timeMicros());
      assertEquals(START_MICROS, latest(edge, FLOW).knownMicros());
      assertEquals(
          List.of("5.0 GOOD", "5.0 STALE", "7.0 GOOD", "7.0 STALE", "8.0 GOOD", "8.0 STALE"),
          told(edge).stream().sorted().toList());
    }
  }

  /** A kill between any two of its records: the account balances, and stale is said once. */
  @Test
  void survivesKillsAtAnyMoment() throws IOException {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("silence: -Dedgeflow.seed=" + seed);
    var random = new SplittableRandom(seed);
    Path home = directory.resolve("0");
    long now = START_MICROS;
    long sent = 0;
    for (int life = 1; life <= 6; life++) {
      Path next = directory.resolve("" + life);
      try (Edge edge = Edge.openAt(home, now)) {
        for (int i = 0; i < 6; i++) {
          String series = "silent/p" + random.nextInt(3);
          // Never at the time of what was found stale.
          edge.betweenRounds(() -> edge.pass(SECOND / 10));
          now = edge.wallMicros.get();
          edge.publishSafely(series, (double) ++sent, now);
          long pause = SECOND * (1 + random.nextInt(50));
          edge.betweenRounds(() -> edge.pass(pause));
          edge.awaitRound();
        }
        now = edge.wallMicros.get();
        edge.copyAsKilled(home, next);
      }
      home = next;
    }
    try (Edge edge = Edge.openAt(home, now)) {
      Edge.await(
          "all are stale",
          () -> {
            edge.pass(SECOND);
            return edge.recorder.latest().join().stream()
                .filter(reading -> reading.series().startsWith("silent/"))
                .allMatch(reading -> reading.quality() == Quality.STALE);
          });
      edge.closeWindows();
      RawFrames.await(edge);
      for (String series : List.of("silent/p0", "silent/p1", "silent/p2")) {
        alternates(edge.frames().values(), series);
      }
      EdgeFigures figures = edge.figures();
      assertEquals(figures.received(), figures.accepted());
      assertEquals(figures.accepted(), figures.folded());
    }
  }

  private static void alternates(Collection<Frame> frames, String series) {
    List<Quality> qualities =
        frames.stream()
            .flatMap(
                frame ->
                    frame.raw().stream()
                        .filter(row -> frame.series().get(row.series()).name().equals(series)))
            .sorted(Comparator.comparingLong(RawRow::timeMicros))
            .map(RawRow::quality)
            .toList();
    for (int i = 1; i < qualities.size(); i++) {
      boolean twice = qualities.get(i) == Quality.STALE && qualities.get(i - 1) == Quality.STALE;
      assertFalse(twice, () -> series + ": " + qualities);
    }
    if (!qualities.isEmpty()) {
      assertEquals(Quality.STALE, qualities.getLast());
    }
  }
}
