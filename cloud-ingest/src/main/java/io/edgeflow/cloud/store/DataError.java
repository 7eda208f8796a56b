package io.edgeflow.cloud.store;

import java.sql.SQLException;
import java.util.stream.Stream;

/** Tells what is wrong with the data from what is wrong with the database. */
final class DataError {
  private DataError() {}

  /**
   * Whether the same data would fail again on a healthy server: values out of range, constraints,
   * one row changed twice by a statement, limits of the program; and whatever our own code threw,
   * such as windows that cannot be merged.
   */
  static boolean is(Exception failed) {
    if (failed instanceof SQLException sql) {
      String state = String.valueOf(sql.getSQLState());
      return Stream.of("21", "22", "23", "54").anyMatch(state::startsWith);
    }
    return true;
  }
}
