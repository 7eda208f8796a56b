package io.edgeflow.lab.load;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What an edge tells of its plant. The same number of the same minute is the same frame, byte for
 * byte, however often it is asked for. Thread-safe.
 */
final class PlantFrames {
  static final long MINUTE = 60_000_000;
  private static final int READINGS = 60;

  /** A few readings of a minute are missing now and then, so that a mixed-up sum shows. */
  private static final int MISSED = 7;

  private static final List<SeriesEntry> POINTS =
      List.of(
          new SeriesEntry("flow", Kind.GAUGE, "m³/h"),
          new SeriesEntry("pressure", Kind.GAUGE, "bar"),
          new SeriesEntry("temperature", Kind.GAUGE, "°C"),
          new SeriesEntry("vibration", Kind.GAUGE, "mm/s"));

  private final String edge;
  private final Incarnation incarnation;
  private final List<SeriesEntry> series;
  private final long seed;

  PlantFrames(String edge, Incarnation incarnation, int series, long seed) {
    this.edge = edge;
    this.incarnation = incarnation;
    this.seed = seed;
    this.series = IntStream.range(0, series).mapToObj(PlantFrames::series).toList();
  }

  private static SeriesEntry series(int i) {
    SeriesEntry point = POINTS.get(i % POINTS.size());
    String name = "pump-%03d/%s".formatted(i / POINTS.size() + 1, point.name());
    return new SeriesEntry(name, point.kind(), point.unit());
  }

  /**
   * A minute of every series.
   *
   * @param total readings of the frames before it
   */
  Frame windows(long number, long startMicros, long total) {
    SplittableRandom random = random(Lane.WINDOW, number);
    List<WindowRow> rows = new ArrayList<>(series.size());
    long readings = 0;
    for (int i = 0; i < series.size(); i++) {
      Window window = window(startMicros, random);
      readings += window.count();
      rows.add(new WindowRow(i, window));
    }
    return frame(Lane.WINDOW, number, startMicros + MINUTE, readings, total, rows, List.of());
  }

  /** Something that happened. */
  Frame event(long number, long timeMicros) {
    SplittableRandom random = random(Lane.EVENT, number);
    var about = series.get(random.nextInt(series.size())).name();
    var row =
        new EventRow(
            timeMicros, EventSeverity.INFO, "note", about, "a filter was changed", new TreeMap<>());
    return frame(Lane.EVENT, number, timeMicros, 0, 0, List.of(), List.of(row));
  }

  static byte[] bytes(Frame frame) {
    return FrameCodec.encode(frame);
  }

  private Frame frame(
      Lane lane,
      long number,
      long createdMicros,
      long readings,
      long total,
      List<WindowRow> windows,
      List<EventRow> events) {
    return new Frame(
        edge,
        new FrameId(incarnation, lane, number),
        createdMicros,
        readings,
        total + readings,
        windows.isEmpty() ? List.of() : series,
        windows,
        List.of(),
        List.of(),
        events,
        List.of());
  }

  private SplittableRandom random(Lane lane, long number) {
    return new SplittableRandom(seed + number * Lane.values().length + lane.code());
  }

  /** Two decimals, as most sensors have. */
  private static Window window(long start, SplittableRandom random) {
    int count = READINGS - random.nextInt(MISSED);
    double level = random.nextInt(10_000) / 100.0;
    double spread = random.nextInt(1, 100) / 100.0;
    return new Window(
        start,
        MINUTE,
        count,
        0,
        0,
        0,
        level - spread,
        level + spread,
        level * count,
        spread * spread * count / 3,
        start + 250_000,
        level,
        start + 59_250_000,
        level + spread);
  }
}
