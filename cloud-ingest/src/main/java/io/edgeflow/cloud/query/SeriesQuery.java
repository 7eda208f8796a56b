package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Finds series by name or pattern. Stateless. */
final class SeriesQuery {
  private static final String COLUMNS =
      """
      select s.id, e.name, s.name, s.kind, s.unit,
        (extract(epoch from s.first_seen) * 1000)::bigint,
        (extract(epoch from s.last_seen) * 1000)::bigint
      from series s join edge e on e.id = s.edge_id
      where
      """;

  /** The order of pages must not depend on how the database collates. */
  private static final String PAGE =
      " and (e.name || '/' || s.name) collate \"C\" > ?"
          + " order by (e.name || '/' || s.name) collate \"C\" limit ?";

  private static final String COUNT =
      "select count(*) from series s join edge e on e.id = s.edge_id where ";

  private SeriesQuery() {}

  /**
   * At most {@code limit} series, by name.
   *
   * @param after only names that sort behind this one
   */
  static List<SeriesRow> page(Connection connection, SeriesPattern pattern, String after, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + condition(pattern) + PAGE)) {
      int next = bind(select, pattern);
      select.setString(next, after);
      select.setInt(next + 1, limit);
      List<SeriesRow> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
      return found;
    }
  }

  static long count(Connection connection, SeriesPattern pattern) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COUNT + condition(pattern))) {
      bind(select, pattern);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** What any of the patterns matches, each once, by name; 400 where that is too many. */
  static List<SeriesRow> all(Connection connection, List<SeriesPattern> patterns, int limit)
      throws SQLException {
    var found = new TreeMap<String, SeriesRow>();
    for (SeriesPattern pattern : patterns) {
      page(connection, pattern, "", limit + 1).forEach(row -> found.put(row.path(), row));
      if (found.size() > limit) {
        throw Parameters.wrong(
            "series", pattern.text(), "more than %d series match: name fewer".formatted(limit));
      }
    }
    return List.copyOf(found.values());
  }

  private static String condition(SeriesPattern pattern) {
    if (pattern.isExact()) {
      return "e.name = ? and s.name = ?";
    }
    return pattern.edge().isEmpty()
        ? "(e.name || '/' || s.name) like ?"
        : "e.name = ? and s.name like ?";
  }

  private static int bind(PreparedStatement select, SeriesPattern pattern) throws SQLException {
    if (pattern.isExact()) {
      String edge = pattern.edge();
      select.setString(1, edge);
      select.setString(
          2, edge.isEmpty() ? pattern.text() : pattern.text().substring(edge.length() + 1));
      return 3;
    }
    if (pattern.edge().isEmpty()) {
      select.setString(1, pattern.like());
      return 2;
    }
    select.setString(1, pattern.edge());
    select.setString(2, pattern.like());
    return 3;
  }

  private static SeriesRow row(ResultSet row) throws SQLException {
    return new SeriesRow(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7));
  }
}
