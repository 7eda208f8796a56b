package io.edgeflow.cloud.upkeep;

import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.TimeTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than is kept: chunks and partitions whole, and single rows only out of
 * archives. Windows, and hours, go when the roll-ups' horizon has passed them: nothing before it is
 * rolled up any more. What went is written down in the transaction that removes it. One thread.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** Of an archive in one transaction. */
  private static final int MOST_ROWS = 10_000;

  private static final String HORIZON =
      "select nullif(minutes, '-infinity'), nullif(hours, '-infinity') from rollup_horizon";

  private static final String DROP =
      """
      select drop_chunks(?::regclass, older_than => ?::timestamptz, newer_than => ?::timestamptz)
      """;

  private final Turn turn;
  private final Layout layout;
  private final StorageSettings storage;
  private final InstantSource clock;

  Retention(Turn turn, Layout layout, StorageSettings storage, InstantSource clock) {
    this.turn = turn;
    this.layout = layout;
    this.storage = storage;
    this.clock = clock;
  }

  /**
   * Looks at every table once. Who holds a lock is not waited for: that is tried again next time.
   *
   * @return how many rows went
   */
  long pass() throws SQLException {
    long rows = 0;
    for (TimeTable table : TimeTable.values()) {
      Optional<Instant> cutoff = turn.take(connection -> cutoff(connection, table)).flatMap(o -> o);
      if (cutoff.isPresent()) {
        rows += parts(table, cutoff.get());
        for (String archive : archives(table)) {
          rows += single(table, archive, cutoff.get());
        }
      }
    }
    return rows;
  }

  /** What begins before may go; empty if all is kept. */
  private Optional<Instant> cutoff(Connection connection, TimeTable table) throws SQLException {
    return switch (table) {
      case SAMPLE_WINDOW, WINDOW_HOUR_STRIP -> horizon(connection, 1);
      case WINDOW_HOUR_SUM -> horizon(connection, 2);
      case SAMPLE_RAW, SAMPLE_STATE, EVENT, WINDOW_DAY_SUM -> {
        Optional<Duration> kept = table.kept(storage);
        Instant now = now(connection);
        yield kept.map(now::minus);
      }
    };
  }

  private static Optional<Instant> horizon(Connection connection, int column) throws SQLException {
    return Sql.first(
            connection,
            HORIZON,
            row -> Optional.ofNullable(row.getObject(column, OffsetDateTime.class)))
        .flatMap(moved -> moved)
        .map(OffsetDateTime::toInstant);
  }

  /** What is gone is gone: neither clock alone decides. */
  private Instant now(Connection connection) throws SQLException {
    Instant server =
        Sql.first(
                connection,
                "select now()",
                row -> row.getObject(1, OffsetDateTime.class).toInstant())
            .orElseThrow();
    Instant mine = clock.instant();
    return mine.isBefore(server) ? mine : server;
  }

  private long parts(TimeTable table, Instant cutoff) throws SQLException {
    List<Part> parts =
        turn.take(connection -> Part.before(connection, layout, table, cutoff)).orElse(List.of());
    long rows = 0;
    for (Part part : parts) {
      Optional<Long> removed = turn.take(connection -> remove(connection, table, part));
      if (removed.isEmpty()) {
        return rows;
      }
      rows += removed.get();
      LOG.info(
          "dropped by age part={} from={} to={} rows={}",
          part.name(),
          part.from(),
          part.to(),
          removed.get());
    }
    return rows;
  }

  private static long remove(Connection connection, TimeTable table, Part part)
      throws SQLException {
    // Nobody adds to it between counting and dropping.
    Sql.run(connection, "lock table " + part.name() + " in share mode");
    String all = "(select * from " + part.whole() + " where time >= ? and time < ?)";
    long rows = Removed.record(connection, table, all, part, part.from(), part.to());
    if (part.chunk()) {
      List<String> dropped =
          Sql.rows(connection, DROP, row -> row.getString(1), part.whole(), part.to(), part.from());
      if (dropped.size() != 1) {
        throw new IllegalStateException("not one chunk but " + dropped + " for " + part);
      }
    } else {
      Sql.run(connection, "drop table " + part.name());
    }
    return rows;
  }

  /** Tables that are not cut, so that single rows go. */
  private static List<String> archives(TimeTable table) {
    return switch (table) {
      case SAMPLE_WINDOW -> List.of(table.archive(), "window_late");
      case SAMPLE_RAW, SAMPLE_STATE, EVENT, WINDOW_HOUR_STRIP -> List.of(table.archive());
      case WINDOW_HOUR_SUM -> List.of(table.archive(), "window_hour_old");
      case WINDOW_DAY_SUM -> List.of(table.archive(), "window_day_old");
    };
  }

  private long single(TimeTable table, String archive, Instant cutoff) throws SQLException {
    long rows = 0;
    long removed = MOST_ROWS;
    while (removed == MOST_ROWS) {
      removed = turn.take(connection -> delete(connection, table, archive, cutoff)).orElse(0L);
      rows += removed;
    }
    if (rows > 0) {
      LOG.info("deleted by age archive={} to={} rows={}", archive, cutoff, rows);
    }
    return rows;
  }

  /** A row that a writer is merging with goes another time. */
  private static long delete(Connection connection, TimeTable table, String archive, Instant cutoff)
      throws SQLException {
    Sql.run(connection, "create temp table removed (like " + archive + ") on commit drop");
    if (Sql.run(connection, deletion(archive), cutoff) == 0) {
      return 0;
    }
    Instant first =
        Sql.first(
                connection,
                "select min(time) from removed",
                row -> row.getObject(1, OffsetDateTime.class).toInstant())
            .orElseThrow();
    Part span = new Part(archive, archive, first, cutoff, false);
    return Removed.record(connection, table, "removed", span);
  }

  private static String deletion(String archive) {
    return """
    with old as (
      delete from %1$s where ctid = any(array(
        select ctid from %1$s where time < ? order by time limit %2$d for update skip locked
      ))
      returning *
    )
    insert into removed select * from old
    """
        .formatted(archive, MOST_ROWS);
  }
}
