package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.WindowRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters become running totals that no restart, roll-over or reset breaks (W4, J1). */
final class CounterRecordingTest {
  private static final String ENERGY = "all/energy";

  @TempDir Path directory;

  private static void assertTotal(Edge edge, double total) {
    LatestReading latest =
        edge.recorder.latest().join().stream()
            .filter(reading -> reading.series().equals(ENERGY))
            .findAny()
            .orElseThrow();
    assertEquals(total, latest.number());
    assertEquals(Kind.COUNTER, latest.kind());
  }

  @Test
  void goesOnAfterACleanStopAndAfterAKill() throws IOException {
    Path home = directory.resolve("edge");
    Path copy = directory.resolve("killed");
    try (Edge edge = Edge.open(home)) {
      edge.publishSafely(ENERGY, 65_000, START_MICROS);
      edge.publishSafely(ENERGY, 10, START_MICROS + SECOND);
      assertTotal(edge, 65_546);
    }
    try (Edge edge = Edge.open(home)) {
      edge.publishSafely(ENERGY, 30_000, START_MICROS + 2 * SECOND);
      edge.publishSafely(ENERGY, 4, START_MICROS + 3 * SECOND);
      assertTotal(edge, 65_536 + 30_004);
      edge.copyAsKilled(home, copy);
    }
    try (Edge edge = Edge.open(copy)) {
      assertTotal(edge, 65_536 + 30_004);
      edge.publishSafely(ENERGY, 5, START_MICROS + 4 * SECOND);
      assertTotal(edge, 65_536 + 30_005);
    }
  }

  /** I1: by what the counter showed, whatever was added to it. */
  @Test
  void knowsAResentReadingAfterARollOverAndARestart() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(ENERGY, 65_000, START_MICROS);
      edge.publishSafely(ENERGY, 10, START_MICROS + SECOND);
      edge.publishSafely(ENERGY, 10, START_MICROS + SECOND);
      assertEquals(1, edge.figures().duplicate());
    }
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(ENERGY, 65_000, START_MICROS);
      edge.publishSafely(ENERGY, 10, START_MICROS + SECOND);
      assertEquals(3, edge.figures().duplicate());
      assertEquals(0, edge.figures().conflict());
      assertTotal(edge, 65_546);
    }
  }

  @Test
  void tellsOfAResetAndNotOfARollOver() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(ENERGY, 65_000, START_MICROS);
      edge.publishSafely(ENERGY, 10, START_MICROS + SECOND);
      edge.publishSafely(ENERGY, 3, START_MICROS + 2 * SECOND);
      edge.closeWindows();
      List<EventRow> events =
          edge.frames().values().stream()
              .flatMap(frame -> frame.events().stream())
              .filter(event -> event.type().equals("counter-reset"))
              .toList();
      assertEquals(1, events.size());
      assertEquals(ENERGY, events.getFirst().series());
      assertEquals(
          Map.of("from", "10.0", "to", "3.0", "total", "65549.0"), events.getFirst().detail());
    }
  }

  @Test
  void foldsTheTotalIntoWindows() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(ENERGY, 65_000, START_MICROS);
      edge.publishSafely(ENERGY, 10, START_MICROS + SECOND);
      edge.closeWindows();
      List<WindowRow> rows =
          edge.frames().values().stream().flatMap(frame -> frame.windows().stream()).toList();
      assertEquals(1, rows.size());
      assertEquals(65_000, rows.getFirst().window().first());
      assertEquals(65_546, rows.getFirst().window().last());
    }
  }

  @Test
  void takesNothingBelowZero() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(ENERGY, 7, START_MICROS);
      edge.publishSafely(ENERGY, -1, START_MICROS + SECOND);
      assertEquals(1, edge.figures().rejected().get(RejectReason.OUT_OF_RANGE));
      assertTotal(edge, 7);
    }
  }

  /** A device that fails says zero, and that it failed. */
  @Test
  void takesNoBadReadingForAReset() throws IOException {
    try (Edge edge = Edge.open(directory)) {
      edge.publishSafely(ENERGY, 700, START_MICROS);
      long then = START_MICROS / 1000 + 1;
      String failed = "{\"value\":0,\"quality\":\"bad\",\"ts\":" + then + "}";
      edge.awaitSafe(edge.publish(ENERGY, failed));
      edge.publishSafely(ENERGY, 701, START_MICROS + SECOND);
      assertTotal(edge, 701);
      assertEquals(3, edge.figures().accepted());
    }
  }

  @Test
  void agreesWithTheModelOverKillsStopsCheckpointsLateAndResentReadings() throws IOException {
    for (int round = 0; round < 3; round++) {
      long seed = Long.getLong("edgeflow.seed", System.nanoTime());
      System.out.println("counters: -Dedgeflow.seed=" + seed);
      new Walk(new SplittableRandom(seed), directory.resolve("walk-" + round)).run();
    }
  }

  /** A counter that is read, stopped, killed and started again. */
  private static final class Walk {
    private final RandomGenerator random;
    private final CountingModel model = new CountingModel();
    private final Map<Long, Double> expected = new TreeMap<>();
    private final Map<Long, Double> told = new TreeMap<>();
    private final List<long[]> sent = new ArrayList<>();
    private final List<long[]> late = new ArrayList<>();
    private Path home;
    private long now = START_MICROS;
    private long shown;
    private int falls;

    Walk(RandomGenerator random, Path home) {
      this.random = random;
      this.home = home;
    }

    void run() throws IOException {
      for (int life = 0; life < 6; life++) {
        Path next = home.resolveSibling(home.getFileName() + "-" + life);
        boolean killed = random.nextBoolean();
        // Small segments, so that many starts begin with a checkpoint.
        try (Edge edge = Edge.withReserve(home, new NioDisk(), now, 0, 4 << 10)) {
          for (int i = 0; i < 40; i++) {
            message(edge);
          }
          if (killed) {
            edge.copyAsKilled(home, next);
          } else {
            edge.closeWindows();
          }
          edge.awaitAnnounced();
          take(edge.frames().values());
        }
        home = killed ? next : home;
      }
      try (Edge edge = Edge.openAt(home, now)) {
        edge.closeWindows();
        take(edge.frames().values());
        assertEquals(expected, told);
        EdgeFigures figures = edge.figures();
        assertEquals(expected.size(), figures.folded());
        assertEquals(figures.accepted(), figures.folded() + figures.duplicate());
        assertEquals(0, figures.conflict());
      }
    }

    private void message(Edge edge) {
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        values.add(value(next()));
      }
      edge.awaitSafe(edge.publish(ENERGY, "[" + String.join(",", values) + "]"));
      edge.wallMicros.set(Math.max(edge.wallMicros.get(), now));
    }

    private static String value(long[] reading) {
      return "{\"ts\":" + reading[0] / 1000 + ",\"value\":" + reading[1] + "}";
    }

    /** Also one that comes late, or again. */
    private long[] next() {
      if (!sent.isEmpty() && random.nextInt(10) == 0) {
        return sent.get(sent.size() - 1 - random.nextInt(Math.min(6, sent.size())));
      }
      boolean waits = !late.isEmpty() && random.nextInt(3) == 0;
      long[] reading = waits ? late.removeFirst() : read();
      expected.put(reading[0], model.total(reading[0], (double) reading[1]));
      sent.add(reading);
      return reading;
    }

    private long[] read() {
      for (; ; ) {
        now += 1000L * (1 + random.nextInt(300));
        // More changes than are remembered would make late readings uncertain.
        boolean reset = falls < 15 && random.nextInt(60) == 0;
        long before = shown;
        shown = reset ? random.nextInt(100) : (shown + random.nextInt(1_500)) % 65_536;
        falls += shown < before ? 1 : 0;
        long[] reading = {now, shown};
        if (random.nextInt(8) != 0) {
          return reading;
        }
        late.add(reading);
      }
    }

    private void take(Collection<Frame> frames) {
      for (Frame frame : frames) {
        for (RawRow row : frame.raw()) {
          assertEquals(Quality.GOOD, row.quality());
          Double before = told.put(row.timeMicros(), row.number());
          assertEquals(before == null ? row.number() : before, row.number());
        }
      }
    }
  }
}
