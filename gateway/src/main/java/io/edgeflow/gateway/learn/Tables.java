package io.edgeflow.gateway.learn;

import java.util.ArrayList;
import java.util.List;

/** What can be told of a table from its first lines. */
final class Tables {
  private static final int DIGITS_OF_A_TIME = 10;

  private Tables() {}

  /** Names for columns that nothing names; what looks like a time is called so. */
  static List<String> columns(List<String> cells) {
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      boolean time =
          cell.matches("\\d{" + DIGITS_OF_A_TIME + ",19}(\\.\\d+)?|\\d{4}-\\d\\d-\\d\\d.*");
      names.add(time && !names.contains("time") ? "time" : "c" + (names.size() + 1));
    }
    return names;
  }

  /**
   * @param columns none: the table names them
   */
  static String csv(List<String> columns, char separator, String text) {
    List<String> keys = new ArrayList<>();
    if (!columns.isEmpty()) {
      keys.add("columns: [" + String.join(", ", columns) + "]");
    }
    if (separator != ',') {
      keys.add("delimiter: " + (separator == '\t' ? "tab" : "\"" + separator + "\""));
      if (text.matches("(?s).*\\d,\\d.*")) {
        keys.add("decimalComma: true");
      }
    }
    return keys.isEmpty() ? "" : "{ " + String.join(", ", keys) + " }";
  }
}
