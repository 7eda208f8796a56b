package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows of one kind on their way into their table and its archive. Not thread-safe. */
final class RoutedCopy {
  private final TimeTable kind;
  private final BinaryCopy table;
  private final BinaryCopy archive;

  /**
   * @param columns in the order in which each row's fields will be added
   */
  RoutedCopy(TimeTable kind, String... columns) {
    this.kind = kind;
    this.table = new BinaryCopy(kind.sqlName(), columns);
    this.archive = new BinaryCopy(kind.archive(), columns);
  }

  /** Where a row of this time is to be added. */
  BinaryCopy at(Routes routes, long micros) {
    return switch (routes.of(kind, micros)) {
      case TABLE, LATE -> table;
      case ARCHIVE -> archive;
    };
  }

  void clear() {
    table.clear();
    archive.clear();
  }

  void send(Connection connection) throws SQLException {
    table.send(connection);
    archive.send(connection);
  }
}
