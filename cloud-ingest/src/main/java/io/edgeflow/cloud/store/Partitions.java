package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Migrations.Layout;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the weekly partitions that rows are about to need, from 400 days ago to a week ahead; all
 * other times share the default partition, so a wrong clock makes no thousand tables. Where there
 * are hypertables it has nothing to do. Belongs to one connection and its thread.
 */
final class Partitions {
  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
  private static final long WEEK_MICROS = Duration.ofDays(7).toNanos() / 1000;
  // The epoch was a Thursday; weeks begin on Mondays.
  private static final long MONDAY_MICROS = Duration.ofDays(4).toNanos() / 1000;
  private static final Duration BACK = Duration.ofDays(400);
  private static final Duration AHEAD = Duration.ofDays(7);

  private final boolean needed;
  private final InstantSource clock;
  private final Set<Week> settled = new HashSet<>();

  private record Week(String table, long number) {}

  Partitions(Layout layout, InstantSource clock) {
    this.clock = clock;
    this.needed =
        switch (layout) {
          case HYPERTABLES -> false;
          case NATIVE_PARTITIONS -> true;
        };
  }

  /** To be called outside of a transaction, in auto-commit mode. */
  void prepare(Connection connection, String table, Iterable<Long> weeks) throws SQLException {
    for (long number : weeks) {
      Week week = new Week(table, number);
      if (needed && !settled.contains(week)) {
        if (isNear(number)) {
          create(connection, week);
        }
        settled.add(week);
      }
    }
  }

  static long week(long micros) {
    return Math.floorDiv(micros - MONDAY_MICROS, WEEK_MICROS);
  }

  private boolean isNear(long week) {
    Instant now = clock.instant();
    Instant start = start(week).atStartOfDay(ZoneOffset.UTC).toInstant();
    return start.isAfter(now.minus(BACK)) && start.isBefore(now.plus(AHEAD));
  }

  private static LocalDate start(long week) {
    return LocalDate.ofEpochDay(week * 7 + 4);
  }

  private static void create(Connection connection, Week week) throws SQLException {
    LocalDate start = start(week.number());
    String name = week.table() + "_" + start.format(DateTimeFormatter.BASIC_ISO_DATE);
    try (Statement statement = connection.createStatement()) {
      // It briefly locks the default partition against everybody; better a default row than a
      // queue.
      statement.execute("set lock_timeout = '2s'");
      try {
        statement.execute(
            "create table if not exists %1$s.%2$s partition of %1$s.%3$s for values from ('%4$sT00:00:00Z') to ('%5$sT00:00:00Z')"
                .formatted(Pool.SCHEMA, name, week.table(), start, start.plusDays(7)));
        LOG.info("created partition name={}", name);
      } catch (SQLException refused) {
        explain(name, refused);
      } finally {
        statement.execute("reset lock_timeout");
      }
    }
  }

  private static void explain(String name, SQLException refused) throws SQLException {
    switch (String.valueOf(refused.getSQLState())) {
      // Another writer was faster.
      case "42P07", "23505", "42P17" -> LOG.debug("has been created name={}", name);
      // Rows of that week lie in the default partition already, or somebody holds it.
      case "23514", "55P03" ->
          LOG.warn(
              "rows stay in the default partition name={} error={}", name, refused.getMessage());
      default -> throw refused;
    }
  }
}
