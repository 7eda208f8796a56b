package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.payload.LineFault;
import io.edgeflow.wire.payload.LinePoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads line protocol: {@code measurement,tag=a field=1.5,other=2i 1763672400000000000}. Each field
 * is a series, called by the measurement, the values of its tags, and the field unless that is
 * {@code value}. Lines that {@code edgeflow export} writes say themselves what they are.
 */
public final class LineRows {
  private final Mapping mapping;
  private final SeriesPaths paths;
  private final WindowColumns windows;

  public LineRows(Mapping mapping) {
    this.mapping = mapping;
    this.paths = new SeriesPaths(mapping.edge());
    this.windows = new WindowColumns(paths, mapping.times().latest());
  }

  /** Blocks for the file and the sink. */
  public void read(Lines lines, RowSink sink) throws IOException, InterruptedException {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      String text = line.text();
      if (text.isBlank() || text.charAt(0) == '#') {
        continue;
      }
      try {
        if (!line.whole()) {
          throw new BadLine("the line is longer than " + Lines.LONGEST + " characters");
        }
        row(LinePoint.parse(text), sink);
      } catch (BadLine | LineFault bad) {
        sink.bad(line.number(), String.valueOf(bad.getMessage()));
      }
    }
  }

  private void row(LinePoint point, RowSink sink)
      throws BadLine, IOException, InterruptedException {
    if (point.time().isEmpty()) {
      throw new BadLine("there is no time: history needs one");
    }
    switch (point.measurement()) {
      case LineText.WINDOW, LineText.RUN -> windows.read(columns(point), sink);
      case LineText.READING -> sink.row(own(point));
      default -> {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, LinePoint.Value> field : point.fields().entrySet()) {
          rows.add(reading(point, field.getKey(), field.getValue()));
        }
        for (Row row : rows) {
          sink.row(row);
        }
      }
    }
  }

  private Row reading(LinePoint point, String field, LinePoint.Value value) throws BadLine {
    Kind kind = mapping.kind() == null ? value.kind() : mapping.kind();
    FileSeries series = paths.find(name(point, field), false, kind, mapping.unit());
    return ValueText.reading(
        series, mapping.times().parse(point.time()), value.text(), Quality.GOOD, false);
  }

  private String name(LinePoint point, String field) {
    if (!mapping.name().isEmpty()) {
      String name =
          mapping.name().replace("{measurement}", point.measurement()).replace("{field}", field);
      for (Map.Entry<String, String> tag : point.tags().entrySet()) {
        name = name.replace("{" + tag.getKey() + "}", tag.getValue());
      }
      return name;
    }
    var name = new StringBuilder();
    // The edge comes first where the names must begin with one.
    String edge = mapping.edge().isEmpty() ? point.tags().getOrDefault("edge", "") : "";
    if (!edge.isEmpty()) {
      name.append(edge).append('/');
    }
    name.append(point.measurement());
    point
        .tags()
        .forEach(
            (tag, value) -> {
              if (edge.isEmpty() || !tag.equals("edge")) {
                name.append('/').append(value);
              }
            });
    return field.equals("value") ? name.toString() : name.append('/').append(field).toString();
  }

  private Row own(LinePoint point) throws BadLine {
    Map<String, String> tags = point.tags();
    FileSeries series =
        paths.find(
            tags.getOrDefault("series", ""),
            true,
            ValueText.kind(tags.getOrDefault("kind", "")),
            ValueText.unit(tags.getOrDefault("unit", "")));
    return ValueText.reading(
        series,
        mapping.times().parse(point.time()),
        point.field("value"),
        ValueText.quality(tags.getOrDefault("quality", "")),
        false);
  }

  /** As the columns of the same in CSV. */
  private List<String> columns(LinePoint point) throws BadLine {
    Map<String, String> values = new TreeMap<>(point.tags());
    point.fields().forEach((name, value) -> values.put(name, value.text()));
    values.put("time", CsvText.instant(mapping.times().parse(point.time())).toString());
    for (String moment : List.of("first_time", "last_time")) {
      String text = values.getOrDefault(moment, "");
      if (!text.isEmpty()) {
        values.put(moment, CsvText.instant(mapping.times().parse(text)).toString());
      }
    }
    return CsvText.WINDOWS.stream().map(name -> values.getOrDefault(name, "")).toList();
  }
}
