package io.edgeflow.cloud.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements with their parameters in order. Stateless. */
final class Rows {
  private Rows() {}

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  static <T> List<T> all(Connection connection, String query, Reader<T> reader, Object... values)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, query, values);
        ResultSet rows = select.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    }
  }

  static <T> Optional<T> first(
      Connection connection, String query, Reader<T> reader, Object... values) throws SQLException {
    return all(connection, query, reader, values).stream().findFirst();
  }

  /** How many rows it changed. */
  static int change(Connection connection, String statement, Object... values) throws SQLException {
    try (PreparedStatement change = prepared(connection, statement, values)) {
      return change.executeUpdate();
    }
  }

  private static PreparedStatement prepared(Connection connection, String text, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
