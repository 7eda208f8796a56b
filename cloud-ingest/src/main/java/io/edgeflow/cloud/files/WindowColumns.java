package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;

/** Windows and runs as {@link CsvText#WINDOWS} has them. */
final class WindowColumns {
  private static final List<String> NAMES = CsvText.WINDOWS;
  private static final int SERIES = NAMES.indexOf("series");
  private static final int KIND = NAMES.indexOf("kind");
  private static final int UNIT = NAMES.indexOf("unit");
  private static final int TIME = NAMES.indexOf("time");
  private static final int LENGTH = NAMES.indexOf("length");
  private static final int COUNT = NAMES.indexOf("count");
  private static final int UNCERTAIN = NAMES.indexOf("uncertain");
  private static final int STALE = NAMES.indexOf("stale");
  private static final int BAD = NAMES.indexOf("bad");
  private static final int MIN = NAMES.indexOf("min");
  private static final int MAX = NAMES.indexOf("max");
  private static final int SUM = NAMES.indexOf("sum");
  private static final int M2 = NAMES.indexOf("m2");
  private static final int FIRST = NAMES.indexOf("first");
  private static final int FIRST_TIME = NAMES.indexOf("first_time");
  private static final int LAST = NAMES.indexOf("last");
  private static final int LAST_TIME = NAMES.indexOf("last_time");
  private static final int VALUE = NAMES.indexOf("value");
  private static final int QUALITY = NAMES.indexOf("quality");

  private final SeriesPaths paths;
  private final TimeText times;

  /**
   * @param latest see {@link TimeText}
   */
  WindowColumns(SeriesPaths paths, long latest) {
    this.paths = paths;
    this.times = new TimeText(TimeText.Form.ISO, ZoneOffset.UTC, latest);
  }

  void read(List<String> fields, RowSink sink) throws BadLine, IOException, InterruptedException {
    Kind kind = ValueText.kind(fields.get(KIND));
    FileSeries series =
        paths.find(fields.get(SERIES), true, kind, ValueText.unit(fields.get(UNIT)));
    sink.row(kind.windowed() ? window(series, fields) : run(series, fields));
  }

  private Row window(FileSeries series, List<String> fields) throws BadLine {
    long start = time(fields, TIME);
    long count = whole(fields, COUNT);
    long stale = whole(fields, STALE);
    long bad = whole(fields, BAD);
    boolean valued = count > stale + bad;
    if (count < 1) {
      throw new BadLine("a window without readings");
    }
    try {
      return new Row.Windowed(
          series,
          new Window(
              start,
              whole(fields, LENGTH),
              count,
              whole(fields, UNCERTAIN),
              stale,
              bad,
              value(fields, MIN, valued, Double.NaN),
              value(fields, MAX, valued, Double.NaN),
              value(fields, SUM, valued, 0),
              value(fields, M2, valued, 0),
              valued ? time(fields, FIRST_TIME) : start,
              value(fields, FIRST, valued, Double.NaN),
              valued ? time(fields, LAST_TIME) : start,
              value(fields, LAST, valued, Double.NaN)));
    } catch (IllegalArgumentException impossible) {
      throw new BadLine("no readings make such a window: " + impossible.getMessage());
    }
  }

  private Row run(FileSeries series, List<String> fields) throws BadLine {
    Quality quality = ValueText.quality(fields.get(QUALITY));
    long first = time(fields, TIME);
    long last = time(fields, LAST_TIME);
    long count = whole(fields, COUNT);
    if (last < first || count < 1) {
      throw new BadLine("a run that ends before it begins, or without readings");
    }
    Row.Reading value = ValueText.reading(series, first, fields.get(VALUE), quality, false);
    return new Row.Run(series, first, last, count, value.number(), value.text(), quality);
  }

  private static double value(List<String> fields, int column, boolean valued, double none)
      throws BadLine {
    String text = fields.get(column);
    if (!valued) {
      return none;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException no) {
      throw new BadLine(NAMES.get(column) + " " + BadLine.quoted(text) + " is no number");
    }
  }

  private static long whole(List<String> fields, int column) throws BadLine {
    return ValueText.whole(fields.get(column), NAMES.get(column));
  }

  private long time(List<String> fields, int column) throws BadLine {
    return times.parse(fields.get(column));
  }
}
