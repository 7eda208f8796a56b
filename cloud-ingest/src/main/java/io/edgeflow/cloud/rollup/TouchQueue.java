package io.edgeflow.cloud.rollup;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the writers marked. Times are those of the server. Each statement is right by itself,
 * whatever others do before and after it; only one may take out of the queue at a time. Stateless.
 */
final class TouchQueue {
  /** So many are taken out at once. */
  static final int MOST = 2000;

  /** An hour that is not over is touched with every batch. One far ahead has a wrong stamp. */
  private static final String HOURS =
      """
      select edge_id, hour, array_agg(id)
      from rollup_touch
      group by edge_id, hour
      having (hour + interval '62 minutes' <= now() or hour > now() + interval '1 hour')
        and (hour < ? or max(at) <= now() - ? * interval '1 millisecond'
          or min(at) <= now() - ? * interval '1 millisecond')
      order by hour, edge_id
      limit %d
      """
          .formatted(MOST);

  private static final String DAYS =
      """
      select edge_id, day
      from rollup_touch_day d
      where (day + interval '1450 minutes' <= now() or day > now() + interval '24 hours')
        and not exists (
          select from rollup_touch t
          where t.edge_id = d.edge_id and t.hour >= d.day and t.hour < d.day + interval '24 hours'
        )
      order by day, edge_id
      limit %d
      """
          .formatted(MOST);

  private static final String SERIES =
      "select source_edge_id, count(*) from series where source_edge_id = any(?::int[]) group by 1";

  private static final String MARK_DAY =
      """
      insert into rollup_touch_day (edge_id, day)
      select unnest(?::int[]), date_bin('24 hours', ?, 'epoch')
      on conflict do nothing
      """;

  /** Of more than two touches of an hour, the first and the last say as much. */
  private static final String THIN =
      """
      delete from rollup_touch t
      using (
        select edge_id, hour, min(id) as first, max(id) as last
        from rollup_touch group by edge_id, hour having count(*) > 2 limit %d
      ) k
      where t.edge_id = k.edge_id and t.hour = k.hour and t.id > k.first and t.id < k.last
      """
          .formatted(MOST);

  private TouchQueue() {}

  /**
   * Hours that may be rolled up, the oldest first, at most 2 000 of them.
   *
   * @param urgent before this they are not waited for
   */
  static List<Due> hours(Connection connection, RollupSettings settings, Instant urgent)
      throws SQLException {
    return Sql.rows(
        connection,
        HOURS,
        row -> new Due(begin(row), List.of(row.getInt(1)), ids(row)),
        urgent,
        settings.quiet().toMillis(),
        settings.patience().toMillis());
  }

  /** Likewise days, whose hours are settled. */
  static List<Due> days(Connection connection) throws SQLException {
    return Sql.rows(
        connection, DAYS, row -> new Due(begin(row), List.of(row.getInt(1)), List.of()));
  }

  /** How many series each of the edges has. */
  static Map<Integer, Integer> series(Connection connection, List<Due> due) throws SQLException {
    Object[] edges = due.stream().flatMap(one -> one.edges().stream()).distinct().toArray();
    Map<Integer, Integer> counts = new HashMap<>();
    Sql.rows(
        connection,
        SERIES,
        row -> counts.put(row.getInt(1), row.getInt(2)),
        connection.createArrayOf("int4", edges));
    return counts;
  }

  static void markDay(Connection connection, Due hour) throws SQLException {
    Sql.run(
        connection,
        MARK_DAY,
        connection.createArrayOf("int4", hour.edges().toArray()),
        hour.begin());
  }

  /** Exactly these; others may have come meanwhile. */
  static void forgetHours(Connection connection, Due done) throws SQLException {
    Sql.run(
        connection,
        "delete from rollup_touch where id = any(?::bigint[])",
        connection.createArrayOf("int8", done.touches().toArray()));
  }

  static void forgetDays(Connection connection, Due done) throws SQLException {
    Sql.run(
        connection,
        "delete from rollup_touch_day where day = ? and edge_id = any(?::int[])",
        done.begin(),
        connection.createArrayOf("int4", done.edges().toArray()));
  }

  static void thin(Connection connection) throws SQLException {
    int thinned = MOST;
    while (thinned >= MOST) {
      thinned = Sql.run(connection, THIN);
    }
  }

  private static Instant begin(ResultSet row) throws SQLException {
    return row.getObject(2, OffsetDateTime.class).toInstant();
  }

  private static List<Long> ids(ResultSet row) throws SQLException {
    return List.of((Long[]) row.getArray(3).getArray());
  }
}
