package io.edgeflow.cloud.rollup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How far the roll-ups of a database are, whoever keeps them. Answers are exact whatever is
 * pending.
 *
 * @param pendingHours hours of edges that readers compute from windows, those under way among them
 * @param pendingDays days of edges whose hours have changed
 * @param oldestSeconds since when the longest pending hour that is over waits; 0 if there is none
 * @param minutesSince milliseconds since the epoch: windows from before it are merged into hours
 *     and days only; null until there are such
 * @param hoursSince likewise into days only
 * @param rolledUpOnly readings that came so late, and are in no window
 */
public record RollupState(
    long pendingHours,
    long pendingDays,
    long oldestSeconds,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long minutesSince,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long hoursSince,
    long rolledUpOnly) {
  private static final String QUERY =
      """
      select (select count(*) from (select distinct edge_id, hour from rollup_touch) t),
        (select count(*) from rollup_touch_day),
        (select coalesce(extract(epoch from now() - min(at)), 0)::bigint from rollup_touch
          where hour + interval '62 minutes' <= now()),
        case when isfinite(h.minutes) then (extract(epoch from h.minutes) * 1000)::bigint end,
        case when isfinite(h.hours) then (extract(epoch from h.hours) * 1000)::bigint end,
        (select coalesce(sum(count), 0)::bigint from window_day_old)
      from rollup_horizon h
      """;

  public static RollupState read(Connection connection) throws SQLException {
    return Sql.first(connection, QUERY, RollupState::of).orElseThrow();
  }

  private static RollupState of(ResultSet row) throws SQLException {
    return new RollupState(
        row.getLong(1),
        row.getLong(2),
        Math.max(0, row.getLong(3)),
        millis(row, 4),
        millis(row, 5),
        row.getLong(6));
  }

  private static @Nullable Long millis(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : millis;
  }
}
