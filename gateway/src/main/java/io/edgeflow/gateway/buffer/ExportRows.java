package io.edgeflow.gateway.buffer;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.fetch.Moments;
import io.edgeflow.gateway.recorder.StoredFrame;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes frames apart into rows for people. Times are ISO-8601 in UTC. */
final class ExportRows {
  private static final List<String> FRAME = List.of("edge", "incarnation", "frame", "standing");
  private static final List<String> SERIES = List.of("series", "kind", "unit");

  private final RowFilter filter;
  private final Consumer<Map<String, @Nullable Object>> rows;

  ExportRows(RowFilter filter, Consumer<Map<String, @Nullable Object>> rows) {
    this.filter = filter;
    this.rows = rows;
  }

  /** A window has aggregates; a change of a state or a text has a value and its quality. */
  static List<String> columns(Lane lane) {
    return switch (lane) {
      case WINDOW ->
          join(
              List.of(
                  FRAME,
                  SERIES,
                  List.of("from", "to", "readings", "uncertain", "stale", "bad"),
                  List.of("min", "max", "mean", "sum", "m2", "first", "last", "value", "quality")));
      case RAW -> join(List.of(FRAME, SERIES, List.of("time", "value", "quality")));
      case EVENT ->
          join(List.of(FRAME, List.of("time", "severity", "type", "series", "message", "detail")));
    };
  }

  private static List<String> join(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  void add(Frame frame, StoredFrame.Standing standing) {
    frame.windows().forEach(row -> window(frame, standing, row));
    frame.changes().forEach(row -> change(frame, standing, row));
    frame.raw().forEach(row -> raw(frame, standing, row));
    frame.events().forEach(row -> event(frame, standing, row));
  }

  private void window(Frame frame, StoredFrame.Standing standing, WindowRow row) {
    Window window = row.window();
    SeriesEntry series = frame.series().get(row.series());
    if (!filter.admits(series.name(), window.startMicros())) {
      return;
    }
    Map<String, @Nullable Object> out = row(frame, standing, series);
    out.put("from", Moments.format(window.startMicros()));
    out.put("to", Moments.format(window.startMicros() + window.lengthMicros()));
    out.put("readings", window.count());
    out.put("uncertain", window.uncertain());
    out.put("stale", window.stale());
    out.put("bad", window.bad());
    if (window.count() > window.stale() + window.bad()) {
      out.put("min", window.min());
      out.put("max", window.max());
      out.put("mean", window.mean());
      out.put("sum", window.sum());
      out.put("m2", window.m2());
      out.put("first", window.first());
      out.put("last", window.last());
    }
    rows.accept(out);
  }

  private void change(Frame frame, StoredFrame.Standing standing, ChangeRow row) {
    SeriesEntry series = frame.series().get(row.series());
    if (!filter.admits(series.name(), row.firstMicros())) {
      return;
    }
    Map<String, @Nullable Object> out = row(frame, standing, series);
    out.put("from", Moments.format(row.firstMicros()));
    out.put("to", Moments.format(row.lastMicros()));
    out.put("readings", row.count());
    out.put("value", value(row.number(), row.text()));
    out.put("quality", word(row.quality()));
    rows.accept(out);
  }

  private void raw(Frame frame, StoredFrame.Standing standing, RawRow row) {
    SeriesEntry series = frame.series().get(row.series());
    if (!filter.admits(series.name(), row.timeMicros())) {
      return;
    }
    Map<String, @Nullable Object> out = row(frame, standing, series);
    out.put("time", Moments.format(row.timeMicros()));
    out.put("value", value(row.number(), row.text()));
    out.put("quality", word(row.quality()));
    rows.accept(out);
  }

  private void event(Frame frame, StoredFrame.Standing standing, EventRow row) {
    if (!filter.admits(row.series(), row.timeMicros())) {
      return;
    }
    Map<String, @Nullable Object> out = row(frame, standing);
    out.put("time", Moments.format(row.timeMicros()));
    out.put("severity", word(row.severity()));
    out.put("type", row.type());
    out.put("series", row.series());
    out.put("message", row.message());
    out.put("detail", row.detail());
    rows.accept(out);
  }

  private static Map<String, @Nullable Object> row(
      Frame frame, StoredFrame.Standing standing, SeriesEntry series) {
    Map<String, @Nullable Object> out = row(frame, standing);
    out.put("series", series.name());
    out.put("kind", word(series.kind()));
    out.put("unit", series.unit());
    return out;
  }

  private static Map<String, @Nullable Object> row(Frame frame, StoredFrame.Standing standing) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("edge", frame.edge());
    out.put("incarnation", frame.id().incarnation().toString());
    out.put("frame", frame.id().number());
    out.put("standing", standing.word());
    return out;
  }

  private static @Nullable Object value(double number, @Nullable String text) {
    return text != null ? text : (Object) number;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
