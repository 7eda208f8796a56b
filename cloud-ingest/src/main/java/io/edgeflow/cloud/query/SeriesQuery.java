package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds series by name or pattern. Stateless. */
final class SeriesQuery {
  private static final String COLUMNS =
      """
      select s.id, e.name, s.name, s.kind, s.unit,
        (extract(epoch from s.first_seen) * 1000)::bigint,
        (extract(epoch from s.last_seen) * 1000)::bigint
      from series s join edge e on e.id = s.edge_id
      where s.head is null and
      """;

  private static final String LABELS =
      " and s.labels @> ?::jsonb and jsonb_exists_all(s.labels, ?::text[])";

  /** The order of pages must not depend on how the database collates. */
  private static final String PAGE =
      " and (e.name || '/' || s.name) collate \"C\" > ?"
          + " order by (e.name || '/' || s.name) collate \"C\" limit ?";

  private static final String COUNT =
      "select count(*) from series s join edge e on e.id = s.edge_id"
          + " where s.head is null and ";

  private SeriesQuery() {}

  /**
   * At most {@code limit} series, by name.
   *
   * @param after only names that sort behind this one
   */
  static List<SeriesRow> page(
      Connection connection, SeriesPattern pattern, LabelFilter labels, String after, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + condition(pattern) + LABELS + PAGE)) {
      int next = bind(connection, select, pattern, labels);
      select.setString(next, after);
      select.setInt(next + 1, limit);
      List<SeriesRow> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows, List.of()));
        }
      }
      return found;
    }
  }

  static long count(Connection connection, SeriesPattern pattern, LabelFilter labels)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COUNT + condition(pattern) + LABELS)) {
      bind(connection, select, pattern, labels);
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
    Map<String, SeriesRow> named =
        named(connection, patterns.stream().filter(SeriesPattern::isExact).distinct().toList());
    for (SeriesPattern pattern : patterns) {
      matching(connection, pattern, named, limit)
          .forEach(row -> found.merge(row.path(), row, SeriesRow::asked));
      if (found.size() > limit) {
        throw Parameters.wrong(
            "series", pattern.text(), "more than %d series match: name fewer".formatted(limit));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<SeriesRow> matching(
      Connection connection, SeriesPattern pattern, Map<String, SeriesRow> named, int limit)
      throws SQLException {
    if (!pattern.isExact()) {
      return page(connection, pattern, LabelFilter.NONE, "", limit + 1);
    }
    SeriesRow row = named.get(pattern.text());
    return row == null ? formerly(connection, pattern.text()) : List.of(row);
  }

  /** All at once: a chart names many. */
  private static Map<String, SeriesRow> named(Connection connection, List<SeriesPattern> exact)
      throws SQLException {
    Map<String, SeriesRow> named = new HashMap<>();
    if (!exact.isEmpty()) {
      Sql.rows(
              connection,
              COLUMNS + " (e.name, s.name) in (select * from unnest(?::text[], ?::text[]))",
              row -> row(row, List.of()),
              exact.stream().map(SeriesPattern::edge).toList(),
              exact.stream().map(SeriesPattern::nameAtEdge).toList())
          .forEach(row -> named.put(row.path(), row));
    }
    return named;
  }

  /** Names of the past find what has another one now. */
  private static List<SeriesRow> formerly(Connection connection, String name) throws SQLException {
    Optional<SeriesNames.Found> found = SeriesNames.find(connection, name);
    return found.isEmpty()
        ? List.of()
        : Sql.rows(
            connection, COLUMNS + " s.id = ?", row -> row(row, List.of(name)), found.get().head());
  }

  private static String condition(SeriesPattern pattern) {
    if (pattern.isExact()) {
      return "e.name = ? and s.name = ?";
    }
    return pattern.edge().isEmpty()
        ? "(e.name || '/' || s.name) like ?"
        : "e.name = ? and s.name like ?";
  }

  private static int bind(
      Connection connection, PreparedStatement select, SeriesPattern pattern, LabelFilter labels)
      throws SQLException {
    int next = bind(select, pattern);
    select.setString(next, labels.values());
    select.setArray(next + 1, connection.createArrayOf("text", labels.names().toArray()));
    return next + 2;
  }

  private static int bind(PreparedStatement select, SeriesPattern pattern) throws SQLException {
    if (pattern.isExact()) {
      select.setString(1, pattern.edge());
      select.setString(2, pattern.nameAtEdge());
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

  private static SeriesRow row(ResultSet row, List<String> formerly) throws SQLException {
    return new SeriesRow(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        formerly);
  }
}
