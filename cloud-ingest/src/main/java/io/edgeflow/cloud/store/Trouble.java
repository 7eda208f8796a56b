package io.edgeflow.cloud.store;

import java.sql.SQLException;

/** Why a transaction was not committed, by what helps. */
enum Trouble {
  /** The same would fail again on a healthy server: it has to be taken apart. */
  DATA,

  /**
   * Others changed or locked the same rows: a deadlock, a serialization failure, a lock that was
   * not to be had. Nothing of it was stored; the same at once again, on the same connection.
   */
  COLLISION,

  /** The connection, the server, its disk: a new connection, later. */
  DATABASE;

  static Trouble of(Exception failed) {
    if (DataError.is(failed)) {
      return DATA;
    }
    return switch (state(failed)) {
      case "40001", "40P01", "55P03" -> COLLISION;
      default -> DATABASE;
    };
  }

  /** For counting; one of a fixed vocabulary. */
  static String word(Exception failed) {
    return switch (of(failed)) {
      case DATA -> "data";
      case DATABASE -> state(failed).startsWith("08") ? "connection" : "database";
      case COLLISION ->
          switch (state(failed)) {
            case "40P01" -> "deadlock";
            case "40001" -> "serialization";
            default -> "lock";
          };
    };
  }

  private static String state(Exception failed) {
    return failed instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
  }
}
