package io.edgeflow.cloud.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Partitions;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.TestWriter;
import io.edgeflow.wire.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One leader, step by step: at each of them hours and days are those of all that is stored. */
final class RollupIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(Plant.START / 1000));
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Map<Rolled.Key, Window> expected = new TreeMap<>();
  private final LateFrames frames = new LateFrames("pi-7", random.split(), Plant.START);
  private static Schema schema;
  private static TestWriter writer;

  @BeforeAll
  static void open() throws Exception {
    schema = Schema.create();
    writer = new TestWriter(schema);
  }

  @AfterAll
  static void close() {
    writer.close();
    schema.close();
  }

  @BeforeEach
  void clear() throws Exception {
    schema.execute(
        "truncate sample_window, window_hour_sum, window_day_sum, window_hour_strip,"
            + " window_hour_old, window_day_old, rollup_touch, rollup_touch_day");
    schema.execute("update rollup_horizon set minutes = '-infinity', hours = '-infinity'");
  }

  @Test
  void answersFromTheRollUpsOnceTheyAreMade() throws Exception {
    for (int i = 0; i < 30; i++) {
      store(frames.next());
    }
    check();
    pass(new Recomputing(), NEVER, NEVER);
    assertEquals("0", schema.one("select count(*) from rollup_touch"));
    assertEquals("0", schema.one("select count(*) from rollup_touch_day"));
    schema.execute("delete from sample_window");
    check();
    schema.execute("delete from window_hour_sum");
    assertDays();
  }

  @Test
  void isKilledBetweenAnyTwoStatements() throws Exception {
    int statements = 0;
    for (boolean cut = true; cut; statements++) {
      store(frames.next(), frames.next());
      cut = !passes(statements);
      check();
      // Some are done again from the start, others go on where the last one was killed.
      if (random.nextInt(3) == 0) {
        pass(new Recomputing(), NEVER, NEVER);
        check();
      }
    }
    assertTrue(statements > 8, () -> "nothing was cut, seed " + seed);
    schema.execute("delete from sample_window");
    check();
  }

  /** False if it was killed before the statement after so many. */
  private boolean passes(int statements) throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      CutConnection cut = new CutConnection(connection, statements);
      try {
        pass(cut.proxy(), new Recomputing(), NEVER, NEVER);
        return true;
      } catch (SQLException killed) {
        assertTrue(cut.isCut(), () -> killed + " seed " + seed);
        schema.database().evictConnection(connection);
        return false;
      }
    }
  }

  @Test
  void seesATouchThatComesWhileItsHourIsRolledUp() throws Exception {
    store(frames.next(1));
    pass(new Interrupted(() -> store(frames.next(1))), NEVER, NEVER);
    check();
    pass(new Recomputing(), NEVER, NEVER);
    assertEquals("0", schema.one("select count(*) from rollup_touch"));
    check();
  }

  @Test
  void onlyThinsTheTouchesOfAnHourThatIsNotOver() throws Exception {
    long now = System.currentTimeMillis() * 1000;
    LateFrames live = new LateFrames("pi-7", random.split(), now);
    for (int i = 0; i < 5; i++) {
      store(live.next(0));
    }
    store(live.next(2));
    pass(new Recomputing(), NEVER, NEVER);
    assertEquals("2", schema.one("select count(*) from rollup_touch"));
    assertEquals(
        "f",
        schema.one(
            "select bool_or(time >= date_bin('1 hour', now(), 'epoch')) from window_hour_sum"));
    check();
  }

  @Test
  void waitsUntilAnHourHasBeenQuiet() throws Exception {
    store(frames.next(1));
    RollupSettings patient =
        new RollupSettings(
            Duration.ZERO, Duration.ofHours(1), Duration.ofHours(2), 100, NEVER, NEVER);
    try (Connection connection = schema.database().getConnection()) {
      pass(connection, new Recomputing(), patient);
      assertEquals("0", schema.one("select count(*) from window_hour_sum"));
      schema.execute("update rollup_touch set at = at - interval '61 minutes'");
      pass(connection, new Recomputing(), patient);
    }
    assertTrue(Integer.parseInt(schema.one("select count(*) from window_hour_sum")) > 0);
    check();
  }

  @Test
  void rollsUpASeriesThatPeopleMovedToAnotherEdge() throws Exception {
    schema.execute("insert into edge (name) values ('pi-8') on conflict do nothing");
    store(frames.next(1));
    pass(new Recomputing(), NEVER, NEVER);
    String move = "update series set edge_id = (select id from edge where name = '%s')";
    schema.execute(move.formatted("pi-8"));
    store(frames.next(1), frames.next(2));
    schema.execute(move.formatted("pi-7"));
    check();
    schema.execute(move.formatted("pi-8"));
    pass(new Recomputing(), NEVER, NEVER);
    schema.execute(move.formatted("pi-7"));
    schema.execute("delete from sample_window");
    check();
  }

  /** Behind the horizon minutes go and stay away, and what comes late is in hours and days. */
  @Test
  void mergesWhatComesBehindTheHorizonIntoRollUpsOnly() throws Exception {
    for (int step = 0; step < 40; step++) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        store(frames.next());
      }
      if (random.nextInt(3) == 0) {
        pass(new Recomputing(), Duration.ofDays(60 - step), NEVER);
        schema.execute(
            "delete from sample_window where time < (select minutes from rollup_horizon)");
      }
      check();
    }
    pass(new Recomputing(), Duration.ofDays(20), NEVER);
    schema.execute("delete from sample_window where time < (select minutes from rollup_horizon)");
    store(frames.next(24 * 33));
    check();
    assertFalse(
        schema.one("select sum(count) from window_hour_old").equals("null"),
        () -> "nothing came late, seed " + seed);
    assertEquals(
        schema.one("select sum(count) from window_hour_old"),
        schema.one("select sum(count) from window_day_old"));

    pass(new Recomputing(), Duration.ofDays(20), Duration.ofDays(25));
    schema.execute("delete from window_hour_sum where time < (select hours from rollup_horizon)");
    schema.execute("delete from window_hour_old where time < (select hours from rollup_horizon)");
    for (int i = 0; i < 10; i++) {
      store(frames.next());
    }
    assertDays();
    String left =
        "select count(*) from window_hour where time < (select hours from rollup_horizon)";
    assertEquals("0", schema.one(left));
  }

  @Test
  void doesNotPassAnHourThatIsStillToBeRolledUp() throws Exception {
    store(frames.next(24 * 33));
    pass(new Interrupted(() -> store(frames.next(24 * 33))), Duration.ofDays(20), NEVER);
    assertEquals("f", schema.one("select isfinite(minutes) from rollup_horizon"));
    pass(new Recomputing(), Duration.ofDays(20), NEVER);
    assertEquals("t", schema.one("select isfinite(minutes) from rollup_horizon"));
    check();
  }

  private void store(Frame... some) throws SQLException {
    writer.store(some);
    for (Frame frame : some) {
      LateFrames.add(expected, frame);
    }
  }

  private void pass(Refresh refresh, Duration minutes, Duration hours) throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      pass(connection, refresh, minutes, hours);
    }
  }

  private void pass(Connection connection, Refresh refresh, Duration minutes, Duration hours)
      throws SQLException {
    int rows = random.nextInt(1, 30);
    pass(
        connection,
        refresh,
        new RollupSettings(Duration.ZERO, Duration.ZERO, Duration.ZERO, rows, minutes, hours));
  }

  private void pass(Connection connection, Refresh refresh, RollupSettings settings)
      throws SQLException {
    Partitions partitions = new Partitions(schema.layout(), StorageSettings.STANDARD, CLOCK);
    new RollupPass(connection, refresh, settings, partitions, CLOCK, () -> false).run();
  }

  private void check() throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      Rolled.assertSame(
          Rolled.hours(expected), Rolled.read(connection, "window_hour"), "hours, seed " + seed);
      assertStrips(connection);
    }
    assertDays();
  }

  /** Of hours that nobody touched, and whose windows are kept: these beside their strips. */
  private static final String STRIPS =
      """
      select w.count, w.sum, w.cells, t.count, t.sum, t.begins
      from (
        select series_id, date_bin('1 hour', time, 'epoch') as hour, length, sum(count) as count,
          sum(sum) as sum, count(distinct date_bin('5 minutes', time, 'epoch')) as cells
        from window_stored group by 1, 2, 3
      ) w
      join series s on s.id = w.series_id
      left join window_hour_strip t
        on t.series_id = w.series_id and t.time = w.hour and t.length = w.length
      where w.hour >= (select minutes from rollup_horizon)
        and not exists (
          select from rollup_touch u where u.edge_id = s.source_edge_id and u.hour = w.hour)
      """;

  private void assertStrips(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STRIPS)) {
      while (row.next()) {
        String where = "strips, seed " + seed;
        LongBuffer counts = ByteBuffer.wrap(row.getBytes(4)).asLongBuffer();
        DoubleBuffer sums = ByteBuffer.wrap(row.getBytes(5)).asDoubleBuffer();
        assertEquals(
            row.getInt(3), ByteBuffer.wrap(row.getBytes(6)).asDoubleBuffer().limit(), where);
        long count = 0;
        double sum = 0;
        double parts = 0;
        while (counts.hasRemaining()) {
          double part = sums.get();
          count += counts.get();
          sum += part;
          parts += Math.abs(part);
        }
        assertEquals(row.getLong(1), count, where);
        assertEquals(row.getDouble(2), sum, 1e-12 * parts, where);
      }
    }
  }

  private void assertDays() throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      Rolled.assertSame(
          Rolled.days(expected), Rolled.read(connection, "window_day"), "days, seed " + seed);
    }
  }

  /** Something happens before an hour is rolled up, and something after. */
  private record Interrupted(Happening happening) implements Refresh {
    interface Happening {
      void happen() throws SQLException;
    }

    @Override
    public void hours(Connection connection, Instant hour, List<Integer> edges)
        throws SQLException {
      happening.happen();
      new Recomputing().hours(connection, hour, edges);
      happening.happen();
    }

    @Override
    public void days(Connection connection, Instant day, List<Integer> edges) throws SQLException {
      new Recomputing().days(connection, day, edges);
    }
  }
}
