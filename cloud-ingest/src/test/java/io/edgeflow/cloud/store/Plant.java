package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.Replaced;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Makes frames for tests: one edge, one incarnation, numbers that rise by themselves. */
public final class Plant {
  public static final long MINUTE = 60_000_000L;

  /** A minute of November 2025. */
  public static final long START = 1_763_672_400_000_000L;

  private final String edge;
  private final Incarnation incarnation;
  private final long[] numbers = new long[Lane.values().length];
  private final long[] totals = new long[Lane.values().length];

  public Plant(String edge, RandomGenerator random) {
    this(edge, Incarnation.random(random));
  }

  public Plant(String edge, Incarnation incarnation) {
    this.edge = edge;
    this.incarnation = incarnation;
  }

  public String edge() {
    return edge;
  }

  public Incarnation incarnation() {
    return incarnation;
  }

  public Frame windows(List<SeriesEntry> series, List<WindowRow> rows) {
    return frame(
        Lane.WINDOW,
        rows.stream().mapToLong(row -> row.window().count()).sum(),
        series,
        rows,
        List.of(),
        List.of(),
        List.of());
  }

  public Frame windows(String series, Window... windows) {
    List<WindowRow> rows = new ArrayList<>();
    for (Window window : windows) {
      rows.add(new WindowRow(0, window));
    }
    return windows(List.of(gauge(series)), rows);
  }

  public Frame raw(String series, double... values) {
    List<RawRow> rows = new ArrayList<>();
    for (double value : values) {
      rows.add(new RawRow(0, START, value, null, Quality.GOOD));
    }
    return raw(series, rows);
  }

  public Frame raw(String series, List<RawRow> rows) {
    return raw(List.of(gauge(series)), rows);
  }

  public Frame raw(List<SeriesEntry> series, List<RawRow> rows) {
    return frame(Lane.RAW, rows.size(), series, List.of(), List.of(), rows, List.of());
  }

  public Frame state(String series, String text, long count) {
    return changes(
        series, new ChangeRow(0, START, START + 1, count, Double.NaN, text, Quality.GOOD));
  }

  public Frame changes(String series, ChangeRow row) {
    return frame(
        Lane.WINDOW,
        row.count(),
        List.of(new SeriesEntry(series, Kind.TEXT, "")),
        List.of(),
        List.of(row),
        List.of(),
        List.of());
  }

  public Frame runs(List<SeriesEntry> series, List<ChangeRow> rows) {
    return frame(
        Lane.WINDOW,
        rows.stream().mapToLong(ChangeRow::count).sum(),
        series,
        List.of(),
        rows,
        List.of(),
        List.of());
  }

  public Frame event(String message) {
    return events(
        new EventRow(START, EventSeverity.ALARM, "gap", "pump/flow", message, new TreeMap<>()));
  }

  public Frame events(EventRow... rows) {
    return frame(Lane.EVENT, 0, List.of(), List.of(), List.of(), List.of(), List.of(rows));
  }

  /** What an edge says when a model begins to score. */
  public static EventRow active(long micros, String slot, String version, String digest) {
    TreeMap<String, String> detail = new TreeMap<>();
    detail.put("slot", slot);
    detail.put("name", "pump-cavitation");
    detail.put("version", version);
    detail.put("digest", digest);
    return new EventRow(micros, EventSeverity.INFO, "model-active", "", "scores", detail);
  }

  /** What an edge says of an alarm of pump-1's flow; it noticed at once. */
  public static EventRow alarm(
      String type, long micros, String alarm, String rule, String priority, String state) {
    TreeMap<String, String> detail = new TreeMap<>();
    detail.put("alarm", alarm);
    detail.put("rule", rule);
    detail.put("condition", "limit-h");
    detail.put("limit", "40.0");
    detail.put("value", "47.3");
    detail.put("priority", priority);
    detail.put("state", state);
    detail.put("previous", "normal");
    detail.put("raised", Long.toString(micros / 1000));
    EventSeverity severity = type.equals("alarm-raised") ? EventSeverity.ALARM : EventSeverity.INFO;
    return new EventRow(micros, severity, type, "pump-1/flow", "flow is 47.3", detail);
  }

  private Frame frame(
      Lane lane,
      long readings,
      List<SeriesEntry> series,
      List<WindowRow> windows,
      List<ChangeRow> changes,
      List<RawRow> raw,
      List<EventRow> events) {
    long number = ++numbers[lane.code()];
    totals[lane.code()] += readings;
    return new Frame(
        edge,
        new FrameId(incarnation, lane, number),
        START,
        readings,
        totals[lane.code()],
        series,
        windows,
        changes,
        raw,
        events,
        List.of());
  }

  /** The same frame in place of others (L7). */
  public static Frame coarse(Frame frame, Replaced... replaced) {
    return new Frame(
        frame.edge(),
        frame.id(),
        frame.createdMicros(),
        frame.readings(),
        frame.runningTotal(),
        frame.series(),
        frame.windows(),
        frame.changes(),
        frame.raw(),
        frame.events(),
        List.of(replaced));
  }

  public static SeriesEntry gauge(String name) {
    return new SeriesEntry(name, Kind.GAUGE, "l/min");
  }

  /** A window of one minute with these values, a second apart. */
  public static Window window(long minute, double... values) {
    long start = START + minute * MINUTE;
    Window window = Window.empty(start, MINUTE);
    for (int i = 0; i < values.length; i++) {
      long time = start + i * 1_000_000L;
      window =
          window.merge(
              new Window(
                  start, MINUTE, 1, 0, 0, 0, values[i], values[i], values[i], 0, time, values[i],
                  time, values[i]));
    }
    return window;
  }

  /** As it would arrive: encoded and decoded. */
  public static Arrival arrival(Frame frame) {
    byte[] bytes = FrameCodec.encode(frame);
    return switch (FrameCodec.decode(bytes)) {
      case Decoded.Accepted accepted ->
          new Arrival.Good(accepted.frame(), accepted.identity(), bytes);
      case Decoded.Refused refused -> throw new AssertionError(refused);
    };
  }
}
