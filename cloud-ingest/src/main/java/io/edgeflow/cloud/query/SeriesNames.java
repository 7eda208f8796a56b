package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds series by any name that they ever had: what one is called now, else what an edge sends,
 * else what people called it before, the last of them first. Stateless.
 */
public final class SeriesNames {
  private static final String FIND =
      """
      with asked as (select id as edge_id, ?::text as name from edge where name = ?)
      select rank, id, head from (
        select 1 as rank, s.id, s.id as head
        from asked a join series s on s.edge_id = a.edge_id and s.name = a.name
        where s.head is null
        union all
        select 2, s.id, coalesce(s.head, s.id)
        from asked a join series s on s.source_edge_id = a.edge_id and s.source_name = a.name
        union all
        (select 3, s.id, coalesce(s.head, s.id)
        from asked a
        join series_rename r on r.from_edge_id = a.edge_id and r.from_name = a.name
        join series s on s.id = r.series_id
        order by r.id desc limit 1)
      ) found
      order by rank limit 1
      """;

  private SeriesNames() {}

  /**
   * @param id of what has the name
   * @param head of what is shown for it: another one where it is a part of that
   * @param present whether it is called so now
   */
  public record Found(int id, int head, boolean present) {}

  /**
   * @param path {@code edge/device/point}
   */
  public static Optional<Found> find(Connection connection, String path) throws SQLException {
    int slash = path.indexOf('/');
    if (slash < 1) {
      return Optional.empty();
    }
    return Sql.first(
        connection,
        FIND,
        row -> new Found(row.getInt(2), row.getInt(3), row.getInt(1) == 1),
        path.substring(slash + 1),
        path.substring(0, slash));
  }
}
