package io.edgeflow.cloud.rollup;

import io.edgeflow.cloud.store.Horizon;
import io.edgeflow.cloud.store.Partitions;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.TimeTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does all that is to be done now, over the connection of whoever leads. It may end between any two
 * statements, and another begins: a touch goes only after the roll-up holds what it stands for, and
 * a touched hour hands over to its day before it goes. Belongs to its connection's thread.
 */
final class RollupPass {
  private static final Logger LOG = LoggerFactory.getLogger(RollupPass.class);
  private static final String LOCK_TIMEOUT = "55P03";

  private final Connection connection;
  private final Refresh refresh;
  private final RollupSettings settings;
  private final Partitions partitions;
  private final InstantSource clock;
  private final BooleanSupplier ends;
  private long hoursDone;
  private long daysDone;

  /**
   * @param ends asked between statements
   */
  RollupPass(
      Connection connection,
      Refresh refresh,
      RollupSettings settings,
      Partitions partitions,
      InstantSource clock,
      BooleanSupplier ends) {
    this.connection = connection;
    this.refresh = refresh;
    this.settings = settings;
    this.partitions = partitions;
    this.clock = clock;
    this.ends = ends;
  }

  /** Hours of edges that this pass rolled up. */
  long hoursDone() {
    return hoursDone;
  }

  long daysDone() {
    return daysDone;
  }

  void run() throws SQLException {
    Strips.announce(connection);
    Instant now = now();
    Instant minutes = day(now.minus(settings.minutes()));
    Instant kept = day(now.minus(settings.hours()));
    boolean more = true;
    while (more) {
      boolean hours = settleHours(minutes);
      boolean days = settleDays();
      more = hours || days;
      if (ends.getAsBoolean()) {
        return;
      }
    }
    TouchQueue.thin(connection);
    advance(minutes, kept.isBefore(minutes) ? kept : minutes);
  }

  /** Whether there are more. */
  private boolean settleHours(Instant urgent) throws SQLException {
    List<Due> due = TouchQueue.hours(connection, settings, urgent);
    for (Due chunk : Due.together(due, TouchQueue.series(connection, due), settings.rows())) {
      if (ends.getAsBoolean()) {
        return false;
      }
      prepare(TimeTable.WINDOW_HOUR_SUM, chunk);
      prepare(TimeTable.WINDOW_HOUR_STRIP, chunk);
      TouchQueue.markDay(connection, chunk);
      List<Integer> edges = List.copyOf(chunk.edges());
      refresh.hours(connection, chunk.begin(), edges);
      Strips.write(connection, chunk.begin(), edges);
      TouchQueue.forgetHours(connection, chunk);
      hoursDone += chunk.edges().size();
    }
    return due.size() == TouchQueue.MOST;
  }

  private boolean settleDays() throws SQLException {
    List<Due> due = TouchQueue.days(connection);
    for (Due chunk : Due.together(due, TouchQueue.series(connection, due), settings.rows())) {
      if (ends.getAsBoolean()) {
        return false;
      }
      prepare(TimeTable.WINDOW_DAY_SUM, chunk);
      refresh.days(connection, chunk.begin(), List.copyOf(chunk.edges()));
      TouchQueue.forgetDays(connection, chunk);
      daysDone += chunk.edges().size();
    }
    return due.size() == TouchQueue.MOST;
  }

  private void prepare(TimeTable table, Due chunk) throws SQLException {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, chunk.begin());
    partitions.prepare(connection, table, List.of(table.part(micros)));
  }

  /** Where a writer takes long, next time. */
  private void advance(Instant minutes, Instant hours) throws SQLException {
    if (!Horizon.isBefore(connection, minutes, hours)) {
      return;
    }
    connection.setAutoCommit(false);
    try {
      if (Horizon.advance(connection, minutes, hours)) {
        LOG.info("rows are merged into roll-ups only minutes={} hours={}", minutes, hours);
      }
      connection.commit();
    } catch (SQLException refused) {
      connection.rollback();
      if (!LOCK_TIMEOUT.equals(refused.getSQLState())) {
        throw refused;
      }
    }
    connection.setAutoCommit(true);
  }

  /** What lies behind the horizon is gone for good: neither clock alone decides. */
  private Instant now() throws SQLException {
    Instant server =
        Sql.first(
                connection,
                "select now()",
                row -> row.getObject(1, OffsetDateTime.class).toInstant())
            .orElseThrow();
    Instant mine = clock.instant();
    return mine.isBefore(server) ? mine : server;
  }

  private static Instant day(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }
}
