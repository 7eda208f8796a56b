package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Writers against a ten-line model: random frames, repeated, reordered, sent until settled, by two
 * writers at once, while connections are cut between statements and commits end unknown.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class WriterModelIT {
  private static final int EDGES = 3;
  private static final int FRAMES = 120;
  private static final int MINUTES = 4;
  private static final int SERIES = 5;

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Set<FrameId> settled = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private Schema schema;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void countsEveryFrameOnceWhateverHappens() throws Exception {
    List<Frame> frames = frames();
    try (FrameWriter one = writer(random.split());
        FrameWriter other = writer(random.split())) {
      Thread saboteur = Thread.ofPlatform().daemon().start(this::sabotage);
      Await.until(
          "something went wrong, and all settled, seed " + seed,
          () -> {
            sendSome(frames, one, other);
            return cuts.get() > 0 && unknown.get() > 0 && settled.size() == frames.size();
          });
      saboteur.interrupt();
      saboteur.join();
    }
    // Some of those at rest were cut.
    schema.database().getHikariPoolMXBean().softEvictConnections();
    assertEquals(List.of(), difference(expected(frames), actual()), "seed " + seed);
    assertEquals(
        String.valueOf(frames.size()),
        schema.one("select sum(committed_frames) from frame_ledger"),
        "seed " + seed);
    assertEquals("0", schema.one("select count(*) from frame_ledger where above <> '{}'"));
    assertEquals(
        "t",
        schema.one("select bool_and(committed_readings = running_total) from frame_ledger"),
        "seed " + seed);
    assertEquals("0", schema.one("select count(*) from quarantine"));
    assertEquals("0", schema.one("select count(*) from frame_conflict"));
  }

  private void sendSome(List<Frame> frames, FrameWriter one, FrameWriter other) {
    for (int i = 0; i < 10; i++) {
      Frame frame = frames.get(random.nextInt(frames.size()));
      if (settled.contains(frame.id()) && random.nextInt(4) > 0) {
        frame = firstUnsettled(frames, frame);
      }
      FrameWriter writer = random.nextBoolean() ? one : other;
      writer.offer(frame.edge(), FrameCodec.encode(frame));
    }
  }

  private Frame firstUnsettled(List<Frame> frames, Frame otherwise) {
    return frames.stream()
        .filter(frame -> !settled.contains(frame.id()))
        .findFirst()
        .orElse(otherwise);
  }

  private List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int edge = 0; edge < EDGES; edge++) {
      Plant plant = new Plant("pi-" + edge, random.split());
      for (int i = 0; i < FRAMES / EDGES; i++) {
        frames.add(plant.windows(entries(), rows()));
      }
    }
    return frames;
  }

  private static List<SeriesEntry> entries() {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int series = 0; series < SERIES; series++) {
      entries.add(Plant.gauge("pump-" + series + "/flow"));
    }
    return entries;
  }

  private List<WindowRow> rows() {
    List<WindowRow> rows = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      // Whole numbers: their sums are exact in any order.
      double[] values = new double[random.nextInt(1, 5)];
      Arrays.setAll(values, _ -> random.nextInt(-9, 10));
      rows.add(
          new WindowRow(random.nextInt(SERIES), Plant.window(random.nextInt(MINUTES), values)));
    }
    return rows;
  }

  private FrameWriter writer(SplittableRandom luck) {
    return new FrameWriter(
            schema.session().committing(connection -> commit(connection, luck)),
            2,
            new Heard(),
            new SimpleMeterRegistry())
        .start();
  }

  private void commit(Connection connection, SplittableRandom luck) throws SQLException {
    commits.incrementAndGet();
    int outcome = luck.nextInt(6);
    if (outcome == 0) {
      unknown.incrementAndGet();
      throw new SQLException("cut before the commit", "08006");
    }
    connection.commit();
    if (outcome == 1) {
      unknown.incrementAndGet();
      throw new SQLException("cut after the commit", "08006");
    }
  }

  /**
   * Between two cuts some transaction comes as far as its commit: on a slow machine none ever would
   * otherwise.
   */
  private void sabotage() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        int before = commits.get();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(5, 60));
        while (commits.get() == before) {
          TimeUnit.MILLISECONDS.sleep(2);
        }
        cuts.addAndGet(
            Integer.parseInt(
                schema.one(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()"
                        + " and state <> 'idle'")));
      } catch (SQLException gone) {
        cuts.incrementAndGet();
      } catch (InterruptedException done) {
        return;
      }
    }
  }

  private static List<String> difference(Map<String, Window> expected, Map<String, Window> actual) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
        .map(key -> key + ": expected " + expected.get(key) + " is " + actual.get(key))
        .toList();
  }

  private static Map<String, Window> expected(List<Frame> frames) {
    Map<String, Window> expected = new TreeMap<>();
    for (Frame frame : frames) {
      for (WindowRow row : frame.windows()) {
        Window window = row.window();
        expected.merge(
            frame.edge()
                + "/"
                + frame.series().get(row.series()).name()
                + "@"
                + (window.startMicros() - Plant.START) / Plant.MINUTE,
            window,
            Window::merge);
      }
    }
    expected.replaceAll((key, window) -> StoredWindow.withoutSpread(window));
    return expected;
  }

  private Map<String, Window> actual() throws SQLException {
    Map<String, Window> actual = new HashMap<>();
    try (Connection connection = schema.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select e.name || '/' || s.name as path, w.* from sample_window w"
                    + " join series s on s.id = w.series_id join edge e on e.id = s.edge_id")) {
      while (row.next()) {
        Window window = StoredWindow.read(row);
        actual.put(
            row.getString("path") + "@" + (window.startMicros() - Plant.START) / Plant.MINUTE,
            StoredWindow.withoutSpread(window));
      }
    }
    return new TreeMap<>(actual);
  }

  private final class Heard implements WriterListener {
    @Override
    public void committed(CommittedBatch batch) {
      batch.settled().forEach(frame -> settled.add(frame.id()));
    }

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {}

    @Override
    public void unreadable(String edge, String reason) {
      throw new AssertionError(reason);
    }
  }
}
