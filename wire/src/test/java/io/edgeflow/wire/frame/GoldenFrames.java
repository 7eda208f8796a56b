package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The frames that lie encoded beside the tests. New ones may be added; none may ever change. */
final class GoldenFrames {
  private static final Incarnation ONE = Incarnation.parse("00112233445566778899aabbccddeeff");
  private static final Incarnation OLD = Incarnation.parse("f0e0d0c0b0a090807060504030201000");
  private static final long NOON = 1_763_640_000_000_000L;
  private static final long MINUTE = 60_000_000;

  private GoldenFrames() {}

  static SortedMap<String, Frame> all() {
    return new TreeMap<>(
        Map.of(
            "window-all-kinds", allKinds(),
            "window-no-value", noValue(),
            "window-coarse", coarse(),
            "event", event(),
            "raw", raw(),
            "empty", empty()));
  }

  /** A decimal gauge, a binary one, a counter, a state and a text. */
  private static Frame allKinds() {
    List<SeriesEntry> series =
        List.of(
            new SeriesEntry("line-3/pump-17/flow", Kind.GAUGE, "m³/h"),
            new SeriesEntry("line-3/pump-17/pressure", Kind.GAUGE, "bar"),
            new SeriesEntry("line-3/pump-17/revolutions", Kind.COUNTER, ""),
            new SeriesEntry("line-3/pump-17/running", Kind.STATE, ""),
            new SeriesEntry("line-3/pump-17/status", Kind.TEXT, ""));
    Window flow =
        new Window(
            NOON,
            MINUTE,
            61,
            2,
            1,
            1,
            20.25,
            22.75,
            1268.71,
            Significant.round24(31.4159),
            NOON + 123_000,
            21.5,
            NOON + 59_123_000,
            20.99);
    Window pressure =
        new Window(
            NOON,
            MINUTE,
            3,
            0,
            0,
            0,
            1.0 / 3,
            2.0 / 3,
            1.5,
            Significant.round24(1.0 / 18),
            NOON + 1,
            0.5,
            NOON + 40_000_007,
            2.0 / 3);
    Window turns =
        new Window(
            NOON - MINUTE,
            MINUTE,
            1,
            1,
            0,
            0,
            123_456,
            123_456,
            123_456,
            0,
            NOON - 1,
            123_456,
            NOON - 1,
            123_456);
    List<ChangeRow> changes =
        List.of(
            new ChangeRow(3, NOON, NOON + 30_000_000, 31, 1, null, Quality.GOOD),
            new ChangeRow(3, NOON + 31_000_000, NOON + 31_000_000, 1, 0, null, Quality.UNCERTAIN),
            new ChangeRow(4, NOON + 5, NOON + 6, 2, Double.NaN, "läuft", Quality.GOOD),
            new ChangeRow(4, NOON + 7, NOON + 7, 1, Double.NaN, null, Quality.BAD));
    return frame(
        Lane.WINDOW,
        7,
        100,
        1000,
        series,
        List.of(new WindowRow(0, flow), new WindowRow(1, pressure), new WindowRow(2, turns)),
        changes,
        List.of(),
        List.of(),
        List.of());
  }

  private static Frame noValue() {
    double none = Double.NaN;
    Window window = new Window(NOON, MINUTE, 5, 0, 2, 3, none, none, 0, 0, NOON, none, NOON, none);
    return frame(
        Lane.WINDOW,
        1,
        5,
        5,
        List.of(new SeriesEntry("tank/level", Kind.GAUGE, "%")),
        List.of(new WindowRow(0, window)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Frame coarse() {
    Window window =
        new Window(
            NOON,
            10 * MINUTE,
            600,
            0,
            0,
            0,
            -3.5,
            8.25,
            1200,
            Significant.round24(5000),
            NOON,
            2,
            NOON + 599_000_000,
            2.5);
    return frame(
        Lane.WINDOW,
        900,
        600,
        54_000,
        List.of(new SeriesEntry("tank/level", Kind.GAUGE, "%")),
        List.of(new WindowRow(0, window)),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Replaced(OLD, Lane.WINDOW, 64, 127), new Replaced(ONE, Lane.WINDOW, 1, 1)));
  }

  private static Frame event() {
    return frame(
        Lane.EVENT,
        1,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new EventRow(
                NOON,
                EventSeverity.ALARM,
                "gap",
                "pump-7/flow",
                "200 readings were lost",
                new TreeMap<>(Map.of("readings", "200", "segment", "12"))),
            new EventRow(NOON - 1, EventSeverity.INFO, "start", "", "", new TreeMap<>())),
        List.of());
  }

  private static Frame raw() {
    List<SeriesEntry> series =
        List.of(new SeriesEntry("a/b", Kind.GAUGE, "°C"), new SeriesEntry("a/c", Kind.TEXT, ""));
    return frame(
        Lane.RAW,
        12,
        4,
        48,
        series,
        List.of(),
        List.of(),
        List.of(
            new RawRow(0, NOON, 21.5, null, Quality.GOOD),
            new RawRow(0, NOON + 1000, 21.51, null, Quality.GOOD),
            new RawRow(0, NOON + 1000, 1e140, null, Quality.UNCERTAIN),
            new RawRow(1, NOON, Double.NaN, "auf", Quality.STALE)),
        List.of(),
        List.of());
  }

  private static Frame empty() {
    return frame(
        Lane.RAW,
        Long.MAX_VALUE,
        0,
        Long.MAX_VALUE,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Frame frame(
      Lane lane,
      long number,
      long readings,
      long total,
      List<SeriesEntry> series,
      List<WindowRow> windows,
      List<ChangeRow> changes,
      List<RawRow> raw,
      List<EventRow> events,
      List<Replaced> replaces) {
    return new Frame(
        "pi-7",
        new FrameId(ONE, lane, number),
        NOON + 62_500_000,
        readings,
        total,
        series,
        windows,
        changes,
        raw,
        events,
        replaces);
  }

  /** One line for every fact, for a person and for comparing. */
  static String describe(Frame frame, int identity) {
    StringBuilder text = new StringBuilder();
    text.append("edge ").append(frame.edge()).append('\n');
    text.append("id ").append(frame.id()).append('\n');
    text.append("created ").append(frame.createdMicros()).append('\n');
    text.append("readings ").append(frame.readings()).append('\n');
    text.append("total ").append(frame.runningTotal()).append('\n');
    text.append("identity ").append("%08x".formatted(identity)).append('\n');
    for (List<?> rows :
        List.of(
            frame.series(),
            frame.windows(),
            frame.changes(),
            frame.raw(),
            frame.events(),
            frame.replaces())) {
      rows.forEach(row -> text.append(row).append('\n'));
    }
    return text.toString();
  }
}
