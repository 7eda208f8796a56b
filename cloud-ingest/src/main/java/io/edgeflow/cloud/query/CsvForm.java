package io.edgeflow.cloud.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * As CSV (RFC 4180): a header, a line per point, times as ISO-8601 in UTC. What a line has not is
 * empty. Gaps and annotations are not told.
 */
final class CsvForm implements Form {
  private static final String LINE = "\r\n";

  private final StringBuilder out = new StringBuilder();
  private final Set<Column> columns;
  private String series = "";

  CsvForm(DataQuestion question) {
    columns = question.columns();
  }

  @Override
  public void begin(DataQuestion question, List<Source.Part> parts) {
    out.append("series,unit,time,seconds,");
    columns.forEach(column -> out.append(column.word()).append(','));
    out.append("value,quality").append(LINE);
  }

  @Override
  public void beginPart() {}

  @Override
  public void add(byte[] part) {
    out.append(new String(part, UTF_8));
  }

  @Override
  public void series(SeriesRow row) {
    series = quoted(row.path()) + "," + quoted(row.unit()) + ",";
  }

  @Override
  public void point(Slice slice, double increase, double rate) {
    span(slice.start(), slice.end() - slice.start());
    for (Column column : columns) {
      if (column == Column.COUNT) {
        out.append(slice.count());
      } else {
        number(JsonForm.value(column, slice, increase, rate));
      }
      out.append(',');
    }
    out.append(',').append(Point.quality(slice)).append(LINE);
  }

  @Override
  public void run(Point.Run run) {
    span(run.t() * 1000, run.span() * 1000);
    for (Column column : columns) {
      out.append(column == Column.COUNT ? Long.toString(run.count()) : "").append(',');
    }
    out.append(run.value() == null ? "" : quoted(run.value().toString()));
    out.append(',').append(run.quality()).append(LINE);
  }

  @Override
  public void times(long startMicros, long endMicros, SortedMap<String, Double> seconds) {
    span(startMicros, endMicros - startMicros);
    for (Column column : columns) {
      switch (column) {
        case TIME_IN -> out.append(quoted(words(seconds, 1)));
        case PERCENT -> out.append(quoted(words(seconds, 1e8 / (endMicros - startMicros))));
        default -> {}
      }
      out.append(',');
    }
    out.append(',').append(LINE);
  }

  private static String words(SortedMap<String, Double> seconds, double factor) {
    return seconds.entrySet().stream()
        .map(one -> one.getKey() + "=" + plain(one.getValue() * factor))
        .collect(Collectors.joining(";"));
  }

  @Override
  public void close(List<Gap> gaps, boolean more, List<Visible.Invalid> invalid) {}

  @Override
  public void end(List<String> unknown, List<EventsHandler.Event> annotations) {}

  private void span(long startMicros, long lengthMicros) {
    out.append(series).append(time(startMicros)).append(',');
    out.append(plain(lengthMicros / 1e6)).append(',');
  }

  private static String time(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
        .toString();
  }

  private void number(double number) {
    if (Double.isFinite(number)) {
      out.append(plain(number));
    }
  }

  /** Without the point that whole numbers need not have. */
  private static String plain(double number) {
    long whole = (long) number;
    return whole == number && Math.abs(number) < 1e15
        ? Long.toString(whole)
        : Double.toString(number).toLowerCase(Locale.ROOT);
  }

  static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public int size() {
    return out.length();
  }

  @Override
  public byte[] take() {
    byte[] taken = out.toString().getBytes(UTF_8);
    out.setLength(0);
    return taken;
  }
}
