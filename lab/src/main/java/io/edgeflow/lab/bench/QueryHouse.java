package io.edgeflow.lab.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.query.CloudFacts;
import io.edgeflow.cloud.query.QueryRoutes;
import io.edgeflow.cloud.rollup.Strips;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Partitions;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.TimeTable;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A database full of windows of one edge, as live ones lie in it: minute by minute, all series of
 * each; and the server that answers from it. Not thread-safe.
 */
final class QueryHouse implements AutoCloseable {
  static final String EDGE = "bench";
  static final String DEVICE = "plant";

  private static final long MINUTE = 60_000_000L;
  private static final long DAY = 1440 * MINUTE;
  private static final int WORKERS = 8;

  /** Of the newest hours, which the roll-up has not seen yet. */
  private static final int TOUCHED_HOURS = 2;

  private static final String HOURS =
      """
      insert into window_hour_sum (time, first_time, last_time, count, uncertain, stale, bad,
        min, max, first, last, sum, series_id)
      select date_bin('1 hour', time, 'epoch') as hour, min(first_time), max(last_time),
        sum(count), sum(uncertain), sum(stale), sum(bad), min(min), max(max),
        (array_agg(first order by first_time, first))[1],
        (array_agg(last order by last_time desc, last desc))[1], sum(sum), series_id
      from sample_window group by series_id, hour order by hour, series_id
      """;

  private final EmbeddedPostgres server;
  private final HikariDataSource pool;
  private final Vertx vertx;
  private final WebServer web;
  private final Instant now;

  private QueryHouse(EmbeddedPostgres server, HikariDataSource pool, Instant now)
      throws IOException {
    this.server = server;
    this.pool = pool;
    this.now = now;
    this.vertx = EventLoop.start(1);
    CloudFacts facts = new CloudFacts("bench", now, true, () -> 0, () -> 0, List::of);
    Routes routes = new QueryRoutes(pool, InstantSource.fixed(now), facts).register(new Routes());
    this.web =
        WebServer.start(vertx, WebSettings.of("127.0.0.1", 0).withWorkers(WORKERS, 64), routes);
  }

  /**
   * @param days of windows until now
   */
  static QueryHouse build(Path home, int series, int days, Instant now) throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.start(home);
    HikariDataSource pool =
        Pool.open(server.address(), "query", WORKERS + 3 + QueryRoutes.COMPANIONS);
    try {
      Layout layout = new Migrations(pool).run();
      try (Connection connection = pool.getConnection()) {
        long end = now.getEpochSecond() / 60 * MINUTE;
        prepare(connection, layout, now, end - days * DAY, end);
        name(connection, series);
        fill(connection, series, end - days * DAY, end);
        rollUp(connection);
        cutStrips(connection, end - days * DAY, end);
        // What was written reaches the disk before anything is measured.
        execute(connection, "vacuum analyze", "checkpoint");
      }
      return new QueryHouse(server, pool, now);
    } catch (Exception failed) {
      pool.close();
      server.close();
      throw failed;
    }
  }

  private static void prepare(Connection connection, Layout layout, Instant now, long from, long to)
      throws SQLException {
    var partitions = new Partitions(layout, StorageSettings.STANDARD, InstantSource.fixed(now));
    for (TimeTable table :
        List.of(
            TimeTable.SAMPLE_WINDOW,
            TimeTable.WINDOW_HOUR_SUM,
            TimeTable.WINDOW_DAY_SUM,
            TimeTable.WINDOW_HOUR_STRIP)) {
      List<Long> parts =
          LongStream.iterate(from, at -> at < to + DAY, at -> at + DAY)
              .mapToObj(table::part)
              .distinct()
              .toList();
      partitions.prepare(connection, table, parts);
    }
  }

  private static void name(Connection connection, int series) throws SQLException {
    execute(
        connection,
        "insert into edge (name) values ('" + EDGE + "')",
        "insert into series (edge_id, name, kind, unit, first_seen) select e.id, '"
            + DEVICE
            + "/' || lpad(n::text, 4, '0'), 0, 'bar', '2020-01-01' from edge e, generate_series(1, "
            + series
            + ") n order by n");
  }

  /** Day by day, each in a transaction. */
  private static void fill(Connection connection, int series, long from, long to)
      throws SQLException {
    var work = new QueryRows(series, 42);
    for (long day = from; day < to; day += DAY) {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(StoreWork.COPY);
      write(copy, QueryRows.begin());
      for (long minute = day; minute < Math.min(to, day + DAY); minute += MINUTE) {
        write(copy, work.minute(minute));
      }
      write(copy, QueryRows.end());
      copy.endCopy();
    }
  }

  private static void write(CopyIn copy, byte[] bytes) throws SQLException {
    copy.writeToCopy(bytes, 0, bytes.length);
  }

  /** As the cloud leaves it: all rolled up but the newest hours. */
  private static void rollUp(Connection connection) throws SQLException {
    execute(
        connection,
        "set work_mem = '256MB'",
        HOURS,
        HOURS
            .replace("window_hour_sum", "window_day_sum")
            .replace("sample_window", "window_hour_sum")
            .replace("1 hour", "24 hours"),
        "insert into rollup_touch (edge_id, hour) select 1, date_bin('1 hour', max(time), 'epoch')"
            + " - n * interval '1 hour' from sample_window, generate_series(0, "
            + (TOUCHED_HOURS - 1)
            + ") n group by n",
        "reset work_mem");
  }

  private static void cutStrips(Connection connection, long from, long to) throws SQLException {
    Instant end = Instant.EPOCH.plus(to, ChronoUnit.MICROS);
    for (Instant hour = Instant.EPOCH.plus(from, ChronoUnit.MICROS).truncatedTo(ChronoUnit.HOURS);
        hour.isBefore(end);
        hour = hour.plus(1, ChronoUnit.HOURS)) {
      Strips.write(connection, hour, List.of(1));
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  HikariDataSource database() {
    return pool;
  }

  int port() {
    return web.port();
  }

  Instant now() {
    return now;
  }

  @Override
  public void close() throws IOException {
    web.close();
    EventLoop.close(vertx);
    pool.close();
    server.close();
  }
}
