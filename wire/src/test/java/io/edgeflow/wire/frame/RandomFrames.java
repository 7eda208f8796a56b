package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Frames of every lane with random and boundary content. */
final class RandomFrames {
  private static final long[] LENGTHS = {1_000_000, 60_000_000, 600_000_000, 3_600_000_000L};
  private static final double[] EDGE_VALUES = {
    0,
    -0.0,
    1,
    -1,
    127,
    128,
    255,
    256,
    0.1,
    1e-9,
    1.23456789012345,
    1e140,
    -1e140,
    9007199254740994.0,
    Double.MIN_VALUE,
    Float.MAX_VALUE,
    1.0 / 3,
    1e15 + 0.3,
    123456.789
  };

  private final Random random;

  RandomFrames(Random random) {
    this.random = random;
  }

  Frame next() {
    return switch (random.nextInt(3)) {
      case 0 -> events();
      case 1 -> raw();
      default -> windows();
    };
  }

  Frame windows() {
    List<SeriesEntry> series = series();
    List<WindowRow> windows = new ArrayList<>();
    List<ChangeRow> changes = new ArrayList<>();
    long readings = 0;
    for (int i = random.nextInt(40); i > 0; i--) {
      int one = random.nextInt(series.size());
      if (series.get(one).kind().windowed()) {
        windows.add(new WindowRow(one, window()));
        readings += windows.getLast().window().count();
      } else {
        changes.add(change(one));
        readings += changes.getLast().count();
      }
    }
    List<Replaced> replaces = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      long from = 1 + random.nextLong(1L << random.nextInt(1, 60));
      replaces.add(new Replaced(incarnation(), Lane.WINDOW, from, from + random.nextInt(64)));
    }
    return frame(Lane.WINDOW, readings, series, windows, changes, List.of(), List.of(), replaces);
  }

  private Frame raw() {
    List<SeriesEntry> series = series();
    List<RawRow> raw = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      raw.add(new RawRow(random.nextInt(series.size()), time(), value(), text(), quality()));
    }
    return frame(Lane.RAW, raw.size(), series, List.of(), List.of(), raw, List.of(), List.of());
  }

  private Frame events() {
    List<EventRow> events = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      Map<String, String> detail = new TreeMap<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        detail.put("key-" + random.nextInt(9), "wert ü " + random.nextInt());
      }
      events.add(
          new EventRow(
              time(),
              EventSeverity.ofCode(random.nextInt(3)).orElseThrow(),
              "type-" + random.nextInt(5),
              random.nextBoolean() ? "" : "pump-7/flow",
              "message " + random.nextInt(),
              new TreeMap<>(detail)));
    }
    return frame(Lane.EVENT, 0, List.of(), List.of(), List.of(), List.of(), events, List.of());
  }

  private Frame frame(
      Lane lane,
      long readings,
      List<SeriesEntry> series,
      List<WindowRow> windows,
      List<ChangeRow> changes,
      List<RawRow> raw,
      List<EventRow> events,
      List<Replaced> replaces) {
    FrameId id = new FrameId(incarnation(), lane, 1 + random.nextLong(1L << random.nextInt(1, 62)));
    return new Frame(
        "edge-" + random.nextInt(100),
        id,
        time(),
        readings,
        readings + random.nextInt(1000),
        series,
        windows,
        changes,
        raw,
        events,
        replaces);
  }

  private List<SeriesEntry> series() {
    List<SeriesEntry> series = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(12); i++) {
      String name = "line-%d/gerät-%d/p%d".formatted(random.nextInt(2), random.nextInt(3), i);
      series.add(
          new SeriesEntry(
              name, Kind.ofCode(random.nextInt(4)), random.nextBoolean() ? "" : "m³/h"));
    }
    return series;
  }

  Window window() {
    long length = LENGTHS[random.nextInt(LENGTHS.length)];
    long start = Math.floorDiv(time(), length) * length;
    long stale = random.nextInt(3);
    long bad = random.nextInt(3);
    long valued = random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(1L << random.nextInt(1, 40));
    long uncertain = valued == 0 ? 0 : random.nextLong(valued);
    if (valued == 0) {
      double none = Double.NaN;
      return new Window(
          start, length, stale + bad, 0, stale, bad, none, none, 0, 0, start, none, start, none);
    }
    double one = value();
    double other = value();
    double min = Math.min(one, other);
    double max = Math.max(one, other);
    long unit = random.nextBoolean() ? 1000 : 1;
    long first = random.nextLong(length / unit) * unit;
    long last = first + random.nextLong((length - first) / unit + 1) * unit;
    return new Window(
        start,
        length,
        valued + stale + bad,
        uncertain,
        stale,
        bad,
        min,
        max,
        value() * valued,
        Significant.round24(Math.abs(value())),
        start + first,
        min,
        start + Math.min(last, length - 1),
        max);
  }

  private ChangeRow change(int series) {
    long time = time();
    long count = 1L + random.nextInt(100);
    return new ChangeRow(
        series, time, time + random.nextInt(1_000_000), count, number(), text(), quality());
  }

  private double number() {
    return random.nextInt(4) == 0 ? Double.NaN : value();
  }

  private double value() {
    return switch (random.nextInt(4)) {
      case 0 -> EDGE_VALUES[random.nextInt(EDGE_VALUES.length)];
      case 1 -> Math.rint(random.nextGaussian() * 10_000) / 100;
      case 2 -> (float) random.nextGaussian();
      default -> random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
    };
  }

  private @Nullable String text() {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> "";
      default -> "läuft " + "x".repeat(random.nextInt(20));
    };
  }

  private Quality quality() {
    return Quality.ofCode(random.nextInt(4));
  }

  private long time() {
    long base = 1_763_672_400_000_000L;
    return switch (random.nextInt(4)) {
      case 0 -> base + random.nextInt(60) * 1_000_000L;
      case 1 -> base + random.nextInt(60_000) * 1000L;
      case 2 -> -random.nextLong(base);
      default -> base + random.nextLong(100_000_000);
    };
  }

  private Incarnation incarnation() {
    return Incarnation.random(random);
  }
}
