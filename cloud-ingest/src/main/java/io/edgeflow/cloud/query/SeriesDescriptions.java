package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What people wrote of series, and of which sources each is made. Stateless. */
public final class SeriesDescriptions {
  private static final String ROWS =
      """
      select coalesce(s.head, s.id), s.head is null, s.description, s.labels::text, s.source_unit,
        e.name || '/' || s.source_name,
        case when isfinite(s.since) then (extract(epoch from s.since) * 1000)::bigint end,
        case when isfinite(s.until) then (extract(epoch from s.until) * 1000)::bigint end
      from series s join edge e on e.id = s.source_edge_id
      where s.id = any(?::integer[]) or s.head = any(?::integer[])
      order by s.head nulls first, s.since, s.id
      """;

  private SeriesDescriptions() {}

  /**
   * @param labels a JSON object of texts
   * @param sourceUnit what the edge says
   * @param sources what it is made of; one of itself where it is no more than what an edge sends
   */
  public record Described(
      String description, String labels, String sourceUnit, List<Source> sources) {}

  /**
   * @param name as the edge sends it
   * @param from milliseconds since the epoch; empty for from the beginning
   * @param to exclusive; empty for without an end
   */
  public record Source(String name, OptionalLong from, OptionalLong to) {}

  /** By the ids of the series that are shown. */
  public static Map<Integer, Described> read(Connection connection, List<Integer> ids)
      throws SQLException {
    String array = "{" + String.join(",", ids.stream().map(String::valueOf).toList()) + "}";
    Map<Integer, Described> found = new HashMap<>();
    Sql.rows(connection, ROWS, row -> add(found, row), array, array);
    return found;
  }

  private static int add(Map<Integer, Described> found, ResultSet row) throws SQLException {
    int id = row.getInt(1);
    if (row.getBoolean(2)) {
      found.put(
          id,
          new Described(row.getString(3), row.getString(4), row.getString(5), new ArrayList<>()));
    }
    Described described = found.get(id);
    if (described != null) {
      described.sources().add(new Source(row.getString(6), millis(row, 7), millis(row, 8)));
    }
    return id;
  }

  private static OptionalLong millis(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(millis);
  }
}
