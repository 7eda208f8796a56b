package io.edgeflow.cloud.files;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Rows of an export as line protocol; times in nanoseconds. Stateless.
 *
 * <p>A text with a line break cannot be said in a line: breaks become blanks.
 */
public final class LineText {
  static final String WINDOW = "edgeflow_window";
  static final String RUN = "edgeflow_run";
  static final String READING = "edgeflow_reading";

  private static final Set<String> TAGS = Set.of("series", "kind", "unit", "quality");
  private static final Set<String> WHOLE =
      Set.of("length", "count", "uncertain", "stale", "bad", "first_time", "last_time");

  private LineText() {}

  /**
   * @param columns {@link CsvText#WINDOWS} or {@link CsvText#READINGS}
   * @return with its end of line
   */
  public static String of(List<String> columns, List<String> row) {
    boolean texts = row.get(columns.indexOf("kind")).equals("text");
    boolean readings = columns.equals(CsvText.READINGS);
    int length = columns.indexOf("length");
    var line = new StringBuilder();
    line.append(readings ? READING : row.get(length).isEmpty() ? RUN : WINDOW);
    var fields = new StringBuilder();
    String time = "";
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      String value = row.get(i);
      if (name.equals("time")) {
        time = nanos(value);
      } else if (TAGS.contains(name) && !value.isEmpty()) {
        line.append(',').append(name).append('=').append(escaped(value));
      } else if (!value.isEmpty()) {
        fields.append(fields.isEmpty() ? "" : ",").append(name).append('=');
        fields.append(field(name, value, texts));
      }
    }
    if (fields.isEmpty()) {
      fields.append("none=true"); // A reading without a value; a line must have a field.
    }
    return line.append(' ').append(fields).append(' ').append(time).append('\n').toString();
  }

  private static String field(String name, String value, boolean texts) {
    if (name.endsWith("_time")) {
      return nanos(value) + "i";
    }
    if (name.equals("value") && texts) {
      String text = value.replace('\n', ' ').replace('\r', ' ');
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    return WHOLE.contains(name) ? value + "i" : value;
  }

  private static String nanos(String time) {
    Instant moment = Instant.parse(time);
    return Math.addExact(
            Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano())
        + "";
  }

  private static String escaped(String tag) {
    return tag.replace("\\", "\\\\").replace(",", "\\,").replace(" ", "\\ ").replace("=", "\\=");
  }
}
