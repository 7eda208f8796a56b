package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An answer of {@code /api/v1/data} as people or programs read it. Stateless. */
final class QueryTable {
  private static final int WIDTH = 40;
  private static final List<String> HEAD =
      List.of("series", "unit", "points", "min", "mean", "max", "last", "");

  private QueryTable() {}

  /** A line for each series, with a picture of its means. */
  static String table(JsonNode data) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (JsonNode series : data.path("series")) {
      for (JsonNode point : series.path("points")) {
        from = Math.min(from, point.path("t").asLong());
        to = Math.max(to, point.path("t").asLong() + Math.max(1, point.path("span").asLong()));
      }
    }
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (JsonNode series : data.path("series")) {
      rows.add(row(series, from, to));
    }
    String span =
        from > to
            ? "nothing is stored of that time"
            : "%s to %s, step %s"
                .formatted(
                    Instant.ofEpochMilli(from),
                    Instant.ofEpochMilli(to),
                    data.path("step").asText());
    return aligned(rows) + span;
  }

  private static List<String> row(JsonNode series, long from, long to) {
    JsonNode points = series.path("points");
    long[] times = new long[points.size()];
    double[] means = new double[points.size()];
    double sum = 0;
    long count = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    String last = "";
    for (int i = 0; i < points.size(); i++) {
      JsonNode point = points.get(i);
      times[i] = point.path("t").asLong();
      means[i] = point.path("mean").isNumber() ? point.path("mean").asDouble() : Double.NaN;
      if (!Double.isNaN(means[i])) {
        sum += means[i] * point.path("count").asLong();
        count += point.path("count").asLong();
        min = Math.min(min, point.path("min").asDouble());
        max = Math.max(max, point.path("max").asDouble());
        last = number(point.path("last").asDouble());
      } else if (point.has("value")) {
        last = point.path("value").asText();
      }
    }
    boolean numbers = count > 0;
    return List.of(
        series.path("name").asText(),
        series.path("unit").asText(),
        Integer.toString(points.size()),
        numbers ? number(min) : "",
        numbers ? number(sum / count) : "",
        numbers ? number(max) : "",
        last,
        numbers ? Sparkline.of(times, means, from, to, WIDTH) : "");
  }

  private static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e7 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    return String.format(Locale.ROOT, size >= 1000 ? "%.1f" : "%.3f", value);
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        boolean right = i >= 2 && i <= 6;
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(right ? pad + row.get(i) : row.get(i) + pad).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A line for each point. */
  static String csv(JsonNode data) {
    var text =
        new io.edgeflow.cloud.files.CsvText()
            .line(
                List.of(
                    "series", "unit", "time", "span_ms", "count", "min", "max", "mean", "first",
                    "last", "value", "quality"));
    for (JsonNode series : data.path("series")) {
      for (JsonNode point : series.path("points")) {
        text.text(series.path("name").asText())
            .text(series.path("unit").asText())
            .time(point.path("t").asLong() * 1000)
            .number(point.path("span").asLong())
            .number(point.path("count").asLong());
        for (String name : List.of("min", "max", "mean", "first", "last", "value")) {
          JsonNode value = point.path(name);
          text.text(value.isNull() || value.isMissingNode() ? "" : value.asText());
        }
        text.text(point.path("quality").asText()).end();
      }
    }
    return text.toString();
  }
}
