package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.HttpRefusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is shown as one series, and where its rows lie.
 *
 * @param id of the series that stands for all
 * @param parts of which every row that begins in its stretch is shown; most series have one
 */
public record ShownSeries(int id, String path, Kind kind, String unit, List<Part> parts) {
  private static final String PARTS =
      """
      select coalesce(head, id), id,
        case when isfinite(since) then (extract(epoch from since) * 1000000)::bigint end,
        case when isfinite(until) then (extract(epoch from until) * 1000000)::bigint end
      from series
      where (id = any(?::integer[]) or head = any(?::integer[])) and since < until
      order by since, id
      """;

  /**
   * @param id of the rows
   * @param from microseconds since the epoch; the least long for from the beginning
   * @param to exclusive; the greatest long for without an end
   */
  public record Part(int id, long from, long to) {}

  /**
   * By name.
   *
   * @param patterns as {@code /api/v1/data} takes them; 400 where one is none
   * @param most 400 where more match
   */
  public static List<ShownSeries> find(Connection connection, List<String> patterns, int most)
      throws SQLException {
    if (patterns.isEmpty()) {
      throw HttpRefusal.badRequest("series is missing: such as series=pi-7/pump-7/flow");
    }
    List<SeriesRow> rows =
        SeriesQuery.all(
            connection,
            patterns.stream().map(text -> SeriesPattern.parse("series", text)).toList(),
            most);
    Map<Integer, List<Part>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.put(row.id(), new ArrayList<>()));
    String ids =
        "{" + String.join(",", parts.keySet().stream().map(String::valueOf).toList()) + "}";
    Sql.rows(connection, PARTS, row -> add(parts, row), ids, ids);
    return rows.stream()
        .map(
            row ->
                new ShownSeries(
                    row.id(),
                    row.path(),
                    row.kind(),
                    row.unit(),
                    List.copyOf(parts.getOrDefault(row.id(), List.of()))))
        .toList();
  }

  private static boolean add(Map<Integer, List<Part>> parts, ResultSet row) throws SQLException {
    int shown = row.getInt(1);
    int id = row.getInt(2);
    long from = row.getLong(3);
    boolean begins = !row.wasNull();
    long to = row.getLong(4);
    boolean ends = !row.wasNull();
    return parts
        .getOrDefault(shown, new ArrayList<>())
        .add(new Part(id, begins ? from : Long.MIN_VALUE, ends ? to : Long.MAX_VALUE));
  }
}
