package io.edgeflow.cloud.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.AlarmDigest;
import io.edgeflow.process.http.Json;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a frame tells listeners, as JSON that is made once for all of them. Belongs to one thread.
 */
final class FrameNews {
  private final String edge;
  private final List<Item> points;
  private final List<Item> runs;
  private final List<Item> events;

  /** A text made when the first listener wants it. */
  private static final class Item {
    private final String path;
    private final Object value;
    private @Nullable String json;

    Item(String path, Object value) {
      this.path = path;
      this.value = value;
    }

    String json() {
      String made = json;
      if (made == null) {
        made = Json.text(value);
        json = made;
      }
      return made;
    }
  }

  /**
   * A window as it was committed: one of the readings that came late stands beside the one shown
   * before. Times in milliseconds.
   *
   * @param valued readings that carry a value, which the mean is of
   * @param at when the last of them was measured
   */
  record LivePoint(
      String name,
      String unit,
      long t,
      long span,
      long count,
      long valued,
      double min,
      double max,
      double mean,
      double first,
      double last,
      long at,
      String quality) {}

  record LiveRun(
      String name,
      long t,
      long span,
      long count,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object value,
      String quality) {}

  /**
   * @param id of a digest: another of the same takes its place; absent otherwise
   */
  record LiveEvent(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String id,
      long t,
      String edge,
      String severity,
      String type,
      String series,
      String message,
      Map<String, String> detail) {}

  /**
   * @param gathered whether an event is left to a digest
   * @param names what people call a series, by what its edge does
   */
  FrameNews(Frame frame, Predicate<EventRow> gathered, UnaryOperator<String> names) {
    edge = frame.edge();
    List<String> paths =
        frame.series().stream().map(one -> names.apply(frame.edge() + "/" + one.name())).toList();
    points = items(frame.windows(), row -> point(frame, row, paths.get(row.series())));
    runs = items(frame.changes(), row -> run(row, paths.get(row.series())));
    events =
        items(frame.events().stream().filter(gathered.negate()).toList(), row -> event(frame, row));
  }

  /** Late alarms, which are of sites. */
  FrameNews(List<AlarmDigest> digests) {
    edge = "";
    points = List.of();
    runs = List.of();
    events = items(digests, FrameNews::event);
  }

  String edge() {
    return edge;
  }

  List<String> points(SeriesFilter filter) {
    return texts(points, item -> filter.wants(item.path));
  }

  List<String> runs(SeriesFilter filter) {
    return texts(runs, item -> filter.wants(item.path));
  }

  /** What is about no series is for everybody. */
  List<String> events(SeriesFilter filter) {
    return texts(events, item -> item.path.isEmpty() || filter.wants(item.path));
  }

  private static <T> List<Item> items(List<T> rows, Function<T, Item> item) {
    return rows.stream().map(item).toList();
  }

  private static List<String> texts(List<Item> items, Predicate<Item> wanted) {
    Stream<Item> some = items.stream().filter(wanted);
    return some.map(Item::json).toList();
  }

  private static Item point(Frame frame, WindowRow row, String path) {
    SeriesEntry series = frame.series().get(row.series());
    Window window = row.window();
    return new Item(
        path,
        new LivePoint(
            path,
            series.unit(),
            millis(window.startMicros()),
            window.lengthMicros() / 1000,
            window.count(),
            window.valued(),
            window.min(),
            window.max(),
            window.mean(),
            window.first(),
            window.last(),
            millis(window.lastMicros()),
            quality(window)));
  }

  private static String quality(Window window) {
    if (window.valued() == 0) {
      return window.bad() > 0 ? "bad" : "stale";
    }
    return window.uncertain() + window.stale() + window.bad() > 0 ? "uncertain" : "good";
  }

  private static Item run(ChangeRow row, String path) {
    return new Item(
        path,
        new LiveRun(
            path,
            millis(row.firstMicros()),
            (row.lastMicros() - row.firstMicros()) / 1000,
            row.count(),
            row.text() != null ? row.text() : number(row.number()),
            word(row.quality())));
  }

  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Item event(Frame frame, EventRow row) {
    String path = row.series().isEmpty() ? "" : frame.edge() + "/" + row.series();
    return new Item(
        path,
        new LiveEvent(
            "",
            millis(row.timeMicros()),
            frame.edge(),
            word(row.severity()),
            row.type(),
            path,
            row.message(),
            row.detail()));
  }

  private static Item event(AlarmDigest digest) {
    return new Item(
        "",
        new LiveEvent(
            digest.name(),
            digest.opened(),
            "",
            word(digest.severity()),
            AlarmDigest.TYPE,
            "",
            digest.message(),
            digest.detail()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }
}
