package io.edgeflow.gateway.buffer;

import io.edgeflow.process.http.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows as CSV (RFC 4180, with a head) or as JSON lines. */
final class RowWriter {
  private final PrintWriter out;
  private final List<String> columns;
  private final boolean json;
  private long written;

  RowWriter(PrintWriter out, List<String> columns, boolean json) {
    this.out = out;
    this.columns = columns;
    this.json = json;
    if (!json) {
      line(String.join(",", columns));
    }
  }

  /**
   * @param row values by column; what is absent or null is left empty
   */
  void write(Map<String, ? extends @Nullable Object> row) {
    written++;
    if (json) {
      line(Json.text(row));
    } else {
      line(columns.stream().map(column -> cell(row.get(column))).collect(Collectors.joining(",")));
    }
  }

  private void line(String text) {
    // One end of line everywhere, so that files of two machines can be compared.
    out.print(text + (json ? "\n" : "\r\n"));
  }

  private static String cell(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "";
          case Double number -> number.isNaN() ? "" : number.toString();
          case Map<?, ?> map -> Json.text(new TreeMap<>(map));
          default -> value.toString();
        };
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  long written() {
    return written;
  }

  void finish() {
    out.flush();
  }

  /** Whether something was not written: a full disk, or nobody reads any more. */
  boolean failed() {
    return out.checkError();
  }
}
