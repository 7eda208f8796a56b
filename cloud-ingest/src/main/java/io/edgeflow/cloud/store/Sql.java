package io.edgeflow.cloud.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Statements with their parameters in order: texts, numbers, flags, bytes, instants, lists of
 * texts.
 */
public final class Sql {
  private Sql() {}

  /** One row as a value. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** How many rows it changed. */
  public static int run(Connection connection, String statement, Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      set(connection, prepared, parameters);
      return prepared.executeUpdate();
    }
  }

  public static <T> List<T> rows(
      Connection connection, String query, Row<T> row, Object... parameters) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement prepared = connection.prepareStatement(query)) {
      set(connection, prepared, parameters);
      try (ResultSet rows = prepared.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
    }
    return found;
  }

  public static <T> Optional<T> first(
      Connection connection, String query, Row<T> row, Object... parameters) throws SQLException {
    return rows(connection, query, row, parameters).stream().findFirst();
  }

  public static List<String> texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** Milliseconds since the epoch. */
  public static long millis(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
  }

  private static void set(Connection connection, PreparedStatement prepared, Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Instant time ->
            prepared.setObject(i + 1, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        case Collection<?> texts ->
            prepared.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
        case Object other -> prepared.setObject(i + 1, other);
      }
    }
  }
}
