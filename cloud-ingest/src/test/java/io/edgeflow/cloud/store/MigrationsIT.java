package io.edgeflow.cloud.store;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database that has been in use before this version, and not only by edges of ours. */
final class MigrationsIT {
  private static final List<String> TIMES =
      List.of("0001-01-01Z", "2025-11-21Z", "9999-12-31 23:59:59.999999Z");

  @Test
  void whateverEdgesToldBeforeIsNoObstacle() throws Exception {
    String endless =
        new Random(7).ints(8_000, 0x4e00, 0x9fff).mapToObj(Character::toString).collect(joining());
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 2)) {
      before(pool);
      for (String time : TIMES) {
        told(pool, time, "a");
        told(pool, time, endless);
      }
      new Migrations(pool).run();
      assertEquals(
          "a true", one(pool, "select string_agg(id || ' ' || (said <= now()), ',') from alarm"));
      assertEquals("3", one(pool, "select count(*) from event where detail ? 'alarm-too-long'"));

      // As one that was brought to version 5 before there was a 4.1.
      execute(pool, "delete from flyway_schema_history where version = '4.1'");
      new Migrations(pool).run();
    }
  }

  /** Several processes that are started together do not know of each other. */
  @Test
  void severalMayRunItAtOnce() throws Exception {
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 12);
        ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Layout>> ends = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ends.add(processes.submit(() -> new Migrations(pool).run()));
      }
      for (Future<Layout> end : ends) {
        assertEquals(ends.getFirst().get(), end.get());
      }
      assertEquals("0", one(pool, "select count(*) from flyway_schema_history where not success"));
    }
  }

  @Test
  void rollsUpWhatADatabaseHeldBeforeThereWereRollUps() throws Exception {
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 2)) {
      before(pool, "9");
      execute(pool, "insert into series (edge_id, name, kind) values (1, 'a/b', 0)");
      execute(pool, "create table sample_window_other partition of sample_window default");
      execute(pool, WINDOWS);
      new Migrations(pool).run();
      assertEquals("2", one(pool, "select count(*) from rollup_touch"));
      assertEquals(
          "10:00 2 4,11:00 4 8",
          one(
              pool,
              "select string_agg(to_char(time, 'HH24:MI ') || count || ' ' || sum, ',' order by"
                  + " time) from window_hour"));
      assertEquals(
          "pi-7/a/b 24:00:00 6 2",
          one(
              pool,
              "select series || ' ' || span || ' ' || count || ' ' || mean from"
                  + " edgeflow.window_1d"));
    }
  }

  /**
   * Hours that were rolled up before there were strips have none, and must not be asked for them.
   */
  @Test
  void asksForStripsOnlyWhereARollUpMadeThem() throws Exception {
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 2)) {
      before(pool, "16");
      execute(pool, "insert into series (edge_id, name, kind) values (1, 'a/b', 0)");
      execute(pool, "create table sample_window_other partition of sample_window default");
      execute(pool, "create table window_hour_sum_other partition of window_hour_sum default");
      execute(pool, WINDOWS);
      execute(pool, "delete from rollup_touch");
      execute(
          pool,
          "insert into window_hour_sum (time, first_time, last_time, count, uncertain, stale, bad,"
              + " sum, series_id) select h, h, h, 1, 0, 0, 0, 1, 1 from (values"
              + " (date_bin('1 hour', now(), 'epoch') - interval '1 hour'),"
              + " (date_bin('1 hour', now(), 'epoch') + interval '50 hours')) t (h)");
      String hour = "select date_bin('1 hour', now(), 'epoch')";
      String before = one(pool, hour);
      new Migrations(pool).run();
      String after = one(pool, hour);
      String strips = one(pool, "select strips from rollup_horizon");
      assertTrue(List.of(before, after).contains(strips), strips);
      assertEquals(
          one(pool, "select max(time) from window_hour_sum"),
          one(pool, "select hour from rollup_touch"));
    }
  }

  /** Retention has taken the windows: to roll such hours up again would leave nothing of them. */
  @Test
  void leavesHoursAloneWhoseWindowsAreGone() throws Exception {
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 2)) {
      before(pool, "16");
      execute(pool, "insert into series (edge_id, name, kind) values (1, 'a/b', 0)");
      execute(pool, "create table window_hour_sum_other partition of window_hour_sum default");
      execute(
          pool,
          "insert into window_hour_sum (time, first_time, last_time, count, uncertain, stale, bad,"
              + " sum, series_id) select h, h, h, 1, 0, 0, 0, 1, 1"
              + " from (values (timestamptz '2025-11-21 10:00Z')) t (h)");
      new Migrations(pool).run();
      assertEquals("0", one(pool, "select count(*) from rollup_touch"));
      assertEquals("1", one(pool, "select sum(count) from window_hour"));
    }
  }

  /** A release from before there were strips rolls hours up without them. */
  @Test
  void asksForNoStripsOfHoursThatAnotherReleaseRolledUp() throws Exception {
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 2)) {
      new Migrations(pool).run();
      execute(pool, "insert into edge (name) values ('pi-7')");
      String touch = "insert into rollup_touch (edge_id, hour) values (1, '2025-11-21 %s:00Z')";
      String strips = "select to_char(strips, 'HH24:MI') from rollup_horizon";
      execute(pool, touch.formatted("10"));
      execute(pool, "set edgeflow.strips = 'written'; delete from rollup_touch; reset all");
      assertEquals("-infinity", one(pool, "select strips from rollup_horizon"));
      execute(pool, touch.formatted("10"));
      execute(pool, touch.formatted("11"));
      execute(pool, "delete from rollup_touch where hour < '2025-11-21 11:00Z'");
      assertEquals("11:00", one(pool, strips));
      execute(pool, "delete from rollup_touch");
      assertEquals("12:00", one(pool, strips));
      execute(pool, touch.formatted("08"));
      execute(pool, "delete from rollup_touch");
      assertEquals("12:00", one(pool, strips), "it never steps back");
    }
  }

  @Test
  void asksForStripsOfAllHoursOfANewDatabase() throws Exception {
    try (HikariDataSource pool = Pool.open(TestDatabase.fresh(), "test", 2)) {
      new Migrations(pool).run();
      assertEquals("-infinity", one(pool, "select strips from rollup_horizon"));
    }
  }

  /** Two readings of 2 in each. */
  private static final String WINDOWS =
      """
      insert into sample_window (time, first_time, last_time, length, count, uncertain, stale, bad,
        min, max, first, last, sum, m2, series_id)
      select t, t, t, 60000000, 2, 0, 0, 0, 2, 2, 2, 2, 4, 0, 1
      from unnest('{2025-11-21 10:59Z, 2025-11-21 11:00Z, 2025-11-21 11:10Z}'::timestamptz[]) t
      """;

  /** As version 4 left it. */
  private static void before(HikariDataSource pool) throws SQLException {
    before(pool, "4");
    execute(pool, "create table event_other partition of event default");
  }

  private static void before(HikariDataSource pool, String version) throws SQLException {
    Flyway.configure()
        .dataSource(pool)
        .schemas(Pool.SCHEMA)
        .placeholders(Map.of("time_partitioned", "partition by range (time)"))
        .target(version)
        .load()
        .migrate();
    execute(pool, "insert into edge (name) values ('pi-7')");
  }

  private static void told(HikariDataSource pool, String time, String alarm) throws SQLException {
    String event =
        """
        insert into event (time, edge_id, ledger_id, frame, row, severity, type, message, detail)
        values (?::timestamptz, 1, 1, length(?), 0, 2, 'alarm-raised', '', jsonb_build_object('alarm', ?))
        """;
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(event)) {
      insert.setString(1, time);
      insert.setString(2, alarm);
      insert.setString(3, alarm);
      insert.execute();
    }
  }

  private static void execute(HikariDataSource pool, String statement) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }

  private static String one(HikariDataSource pool, String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
