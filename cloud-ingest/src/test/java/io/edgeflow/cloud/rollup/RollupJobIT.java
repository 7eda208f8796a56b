package io.edgeflow.cloud.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.TestWriter;
import io.edgeflow.wire.frame.Frame;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leaders that come and go while others write and read. */
final class RollupJobIT {
  private static final Duration NEVER = Duration.ofDays(36_500);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(Plant.START / 1000));
  private static final int WRITERS = 2;
  private static final int FRAMES = 120;
  private static Schema schema;

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Map<Rolled.Key, Window> stored = new ConcurrentSkipListMap<>();

  @BeforeAll
  static void open() throws Exception {
    schema = Schema.create();
  }

  @AfterAll
  static void close() {
    schema.close();
  }

  /** Each look is at one snapshot; leaders are killed at any moment. */
  @Test
  void isExactAtEveryMoment() throws Exception {
    List<Future<Integer>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool();
        RollupJob one = job();
        RollupJob other = job()) {
      for (int i = 0; i < WRITERS; i++) {
        LateFrames frames = new LateFrames("pi-" + i, random.split(), Plant.START);
        writers.add(threads.submit(writing(frames)));
      }
      int looks = 0;
      while (writers.stream().anyMatch(writer -> !writer.isDone())) {
        look();
        looks++;
        killLeader(random.nextInt(4) == 0);
      }
      for (Future<Integer> writer : writers) {
        assertEquals(FRAMES, writer.get());
      }
      assertTrue(looks > 3, () -> "looked too rarely, seed " + seed);
      Await.until("all rolled up", RollupJobIT::isRolledUp);
      assertTrue(one.progress().hours() + other.progress().hours() > 0);
    }
    schema.execute("delete from sample_window");
    try (Connection connection = schema.database().getConnection()) {
      assertSame(connection, stored);
    }
  }

  private Callable<Integer> writing(LateFrames frames) {
    return () -> {
      try (TestWriter writer = new TestWriter(schema)) {
        for (int i = 0; i < FRAMES; i++) {
          Frame frame = frames.next();
          writer.store(frame);
          LateFrames.add(stored, frame);
        }
      }
      return FRAMES;
    };
  }

  @Test
  void isOneLeaderAndThenAnother() throws Exception {
    RollupJob one = job();
    try {
      Await.until("a leader", () -> one.progress().leads());
      try (RollupJob other = job()) {
        Await.until("one that asks for the lead", () -> schema.one(ASKING).equals("1"));
        assertEquals("1", schema.one(LOCKS));
        killLeader(true);
        Await.until("a leader again", () -> one.progress().leads() != other.progress().leads());
        one.close();
        Await.until("the other", () -> other.progress().leads());
        assertEquals("1", schema.one(LOCKS));
      }
    } finally {
      one.close();
    }
    Await.until("nobody leads", () -> schema.one(LOCKS).equals("0"));
  }

  private static final String LOCKS =
      "select count(*) from pg_locks where locktype = 'advisory' and granted and database ="
          + " (select oid from pg_database where datname = current_database())";

  private static final String ASKING =
      "select count(*) from pg_stat_activity where datname = current_database()"
          + " and query like '%pg_try_advisory_lock%' and pid <> pg_backend_pid()";

  private static void killLeader(boolean really) throws SQLException {
    if (really) {
      schema.one(
          "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'"
              + " and granted and objsubid = 1 and objid = "
              + (0x726f6c6c7570L & 0xffffffffL)
              + " and database = (select oid from pg_database where datname = current_database())");
    }
  }

  private static boolean isRolledUp() throws SQLException {
    return schema
        .one("select (select count(*) from rollup_touch) + (select count(*) from rollup_touch_day)")
        .equals("0");
  }

  private RollupJob job() {
    int rows = random.nextInt(1, 20);
    Duration pace = Duration.ofMillis(5);
    return RollupJob.start(
        schema.database(),
        schema.layout(),
        StorageSettings.STANDARD,
        new Recomputing(),
        new RollupSettings(pace, Duration.ZERO, Duration.ZERO, rows, NEVER, NEVER),
        CLOCK);
  }

  /** What the views say is what the windows of the same snapshot come to. */
  private void look() throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Map<Rolled.Key, Window> hours = new TreeMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(WINDOWS)) {
        while (row.next()) {
          Rolled.add(hours, row.getString("path"), Schema.window(row));
        }
      }
      assertSame(connection, hours);
      connection.commit();
    }
  }

  private static final String WINDOWS =
      "select e.name || '/' || s.name as path, w.* from window_stored w"
          + " join series s on s.id = w.series_id join edge e on e.id = s.edge_id";

  private void assertSame(Connection connection, Map<Rolled.Key, Window> hours)
      throws SQLException {
    Rolled.assertSame(
        Rolled.hours(hours), Rolled.read(connection, "window_hour"), "hours, seed " + seed);
    Rolled.assertSame(
        Rolled.days(hours), Rolled.read(connection, "window_day"), "days, seed " + seed);
  }
}
