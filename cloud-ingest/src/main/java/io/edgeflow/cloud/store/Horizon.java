package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * Windows that begin before these moments are merged into hours and days, or into days, only (Q1).
 * Whatever lies before them may be deleted, and never comes back.
 *
 * <p>Writers hold a shared lock from before they read it until they have committed; who moves it
 * holds the exclusive one. So when it has moved, no row that is older is still on its way.
 *
 * @param minutesMicros {@link Long#MIN_VALUE} where it has never moved
 * @param hoursMicros likewise; not after the other
 */
public record Horizon(long minutesMicros, long hoursMicros) {
  /** Of PostgreSQL's advisory locks, for as long as a transaction. */
  private static final long LOCK = 0x686f72697a6f6eL;

  // The lock is to be held when the other statement's snapshot is taken.
  private static final String READ =
      "select pg_advisory_xact_lock_shared(%d);".formatted(LOCK)
          + """
          select %s, %s from rollup_horizon
          """
              .formatted(micros("minutes"), micros("hours"));

  private static final String IS_TOUCHED =
      """
      select exists (select from rollup_touch where hour < ?)
        or exists (select from rollup_touch_day where day < ?)
      """;

  private static final String IS_BEFORE = "select minutes < ? or hours < ? from rollup_horizon";

  private static final String MOVE =
      """
      update rollup_horizon set minutes = greatest(minutes, ?), hours = greatest(hours, ?)
      """;

  /**
   * To be asked for before anything else in a transaction that stores windows; others wait for
   * that, so nothing may be locked yet.
   */
  static Horizon hold(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(READ);
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return new Horizon(micros(row, 1), micros(row, 2));
      }
    }
  }

  /**
   * Moves forward, never back, unless something before it is still to be rolled up. Waits for at
   * most 2 s for those who write, who wait for it meanwhile. Within the caller's transaction.
   *
   * @param minutes the beginning of a day in UTC
   * @param hours likewise, not after the other
   * @return whether it is there now
   */
  public static boolean advance(Connection connection, Instant minutes, Instant hours)
      throws SQLException {
    Sql.run(connection, "set local lock_timeout = '2s'");
    Sql.rows(connection, "select pg_advisory_xact_lock(?)", _ -> "", LOCK);
    boolean touched =
        Sql.first(connection, IS_TOUCHED, row -> row.getBoolean(1), minutes, minutes).orElseThrow();
    if (!touched) {
      Sql.run(connection, MOVE, minutes, hours);
    }
    return !touched;
  }

  /** Whether it is still to move there. */
  public static boolean isBefore(Connection connection, Instant minutes, Instant hours)
      throws SQLException {
    return Sql.first(connection, IS_BEFORE, row -> row.getBoolean(1), minutes, hours).orElseThrow();
  }

  private static String micros(String column) {
    return "case when isfinite(%1$s) then (extract(epoch from %1$s) * 1000000)::bigint end"
        .formatted(column);
  }

  private static long micros(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Long.MIN_VALUE : micros;
  }
}
