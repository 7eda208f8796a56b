package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV: a first line of names, then either a series and its value in each line, or a column
 * for each series, or windows as {@code edgeflow export} writes them.
 */
public final class CsvRows {
  private static final List<String> TIMES = List.of("time", "timestamp", "ts", "date", "datetime");

  private final Mapping mapping;
  private final SeriesPaths paths;

  public CsvRows(Mapping mapping) {
    this.mapping = mapping;
    this.paths = new SeriesPaths(mapping.edge());
  }

  /** The file cannot be read in this way; the message says what to give. */
  public static final class WrongForm extends IOException {
    WrongForm(String message) {
      super(message);
    }
  }

  /** Says what one line says. */
  private interface Form {
    void read(List<String> fields, RowSink sink) throws BadLine, IOException, InterruptedException;
  }

  /** Blocks for the file and the sink. */
  public void read(Lines lines, RowSink sink) throws IOException, InterruptedException {
    Lines.Line first = lines.next();
    while (first != null && first.text().isBlank()) {
      first = lines.next();
    }
    if (first == null) {
      throw new WrongForm("the file is empty");
    }
    char separator = mapping.separator() == 0 ? CsvFields.guess(first.text()) : mapping.separator();
    var fields = new CsvFields(separator);
    List<String> header;
    try {
      header = fields.split(first, lines, 0).stream().map(String::strip).toList();
    } catch (BadLine broken) {
      throw new WrongForm("the first line does not name columns: " + broken.getMessage());
    }
    Form form = form(header);
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.text().isBlank()) {
        continue;
      }
      try {
        form.read(fields.split(line, lines, header.size()), sink);
      } catch (BadLine bad) {
        sink.bad(line.number(), String.valueOf(bad.getMessage()));
      }
    }
  }

  private Form form(List<String> header) throws WrongForm {
    if (header.equals(CsvText.WINDOWS)) {
      return new WindowColumns(paths, mapping.times().latest())::read;
    }
    int time = time(header);
    boolean own = header.equals(CsvText.READINGS);
    int series = optional(header, mapping.series(), "series");
    if (series < 0) {
      return wide(header, time);
    }
    int value = required(header, mapping.value().isEmpty() ? "value" : mapping.value(), "--value");
    int quality = optional(header, mapping.quality(), "quality");
    int unit = header.indexOf("unit");
    int kind = header.indexOf("kind");
    return (fields, sink) -> {
      FileSeries found =
          paths.find(
              own ? fields.get(series) : named(fields.get(series).strip()),
              own,
              mapping.kind() != null
                  ? mapping.kind()
                  : kind < 0 ? Kind.GAUGE : ValueText.kind(fields.get(kind)),
              !mapping.unit().isEmpty() || unit < 0
                  ? mapping.unit()
                  : ValueText.unit(fields.get(unit)));
      Quality said = quality < 0 ? Quality.GOOD : ValueText.quality(fields.get(quality));
      sink.row(
          ValueText.reading(
              found,
              mapping.times().parse(fields.get(time)),
              fields.get(value),
              said,
              mapping.decimalComma()));
    };
  }

  private String named(String series) {
    return mapping.name().isEmpty() ? series : mapping.name().replace("{series}", series);
  }

  /** An empty field is a series that has no value at the time. */
  private Form wide(List<String> header, int time) throws WrongForm {
    List<Integer> columns = columns(header, time);
    List<FileSeries> series = new ArrayList<>();
    Kind kind = Optional.ofNullable(mapping.kind()).orElse(Kind.GAUGE);
    for (int column : columns) {
      String name =
          mapping.name().isEmpty()
              ? header.get(column)
              : mapping.name().replace("{column}", header.get(column));
      try {
        series.add(paths.find(name, false, kind, mapping.unit()));
      } catch (BadLine no) {
        throw new WrongForm(
            "column %s: %s; name it with --name, as in 'pump-7/{column}', or leave it out with --columns"
                .formatted(BadLine.quoted(header.get(column)), no.getMessage()));
      }
    }
    return (fields, sink) -> {
      long micros = mapping.times().parse(fields.get(time));
      List<Row> rows = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        String text = fields.get(columns.get(i));
        if (!text.isBlank()) {
          rows.add(reading(series.get(i), micros, text, header.get(columns.get(i))));
        }
      }
      // A line that is bad in one field is left out as a whole: nobody knows which fields shifted.
      for (Row row : rows) {
        sink.row(row);
      }
    };
  }

  private Row reading(FileSeries series, long micros, String text, String column) throws BadLine {
    try {
      return ValueText.reading(series, micros, text, Quality.GOOD, mapping.decimalComma());
    } catch (BadLine bad) {
      throw new BadLine("column " + BadLine.quoted(column) + ": " + bad.getMessage());
    }
  }

  private List<Integer> columns(List<String> header, int time) throws WrongForm {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (i != time && (mapping.columns().isEmpty() || mapping.columns().contains(header.get(i)))) {
        columns.add(i);
      }
    }
    for (String wanted : mapping.columns()) {
      required(header, wanted, "--columns");
    }
    if (columns.isEmpty()) {
      throw new WrongForm("there is no column beside the time: is the separator right?");
    }
    return columns;
  }

  private int time(List<String> header) throws WrongForm {
    if (!mapping.time().isEmpty()) {
      return required(header, mapping.time(), "--time");
    }
    for (int i = 0; i < header.size(); i++) {
      if (TIMES.contains(header.get(i).toLowerCase(java.util.Locale.ROOT))) {
        return i;
      }
    }
    throw new WrongForm(
        "no column is called %s: name it with --time, of %s"
            .formatted(String.join(", ", TIMES), String.join(", ", header)));
  }

  private static int optional(List<String> header, String given, String standard) throws WrongForm {
    return given.isEmpty() ? header.indexOf(standard) : required(header, given, "--" + standard);
  }

  private static int required(List<String> header, String name, String option) throws WrongForm {
    int at = header.indexOf(name);
    if (at < 0) {
      throw new WrongForm(
          "%s: there is no column %s: there are %s"
              .formatted(option, BadLine.quoted(name), String.join(", ", header)));
    }
    return at;
  }
}
