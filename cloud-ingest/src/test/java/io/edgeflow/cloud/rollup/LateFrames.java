package io.edgeflow.cloud.rollup;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Frames of one edge with windows of all lengths, up to months late. */
final class LateFrames {
  private static final int SERIES = 3;
  private static final long[] LENGTHS = {
    1_000_000L, Plant.MINUTE, Plant.MINUTE, Plant.MINUTE, 10 * Plant.MINUTE, 60 * Plant.MINUTE
  };
  // Few, so that hours meet again and again.
  private static final int[] LATE_HOURS = {0, 0, 0, 1, 2, 14, 23, 26, 24 * 8, 24 * 33, 24 * 120};
  private static final double[] VALUES = {0, 1, -1, 0.1, 1e300 / 1e170, 1e-140, 1e140, -7.25};

  private final SplittableRandom random;
  private final Plant plant;
  private final long newest;

  /**
   * @param newest some time in the hour of what is not late
   */
  LateFrames(String edge, SplittableRandom random, long newest) {
    this.random = random;
    this.plant = new Plant(edge, random.split());
    this.newest = newest;
  }

  Frame next() {
    return next(LATE_HOURS[random.nextInt(LATE_HOURS.length)]);
  }

  /** One that is late by some hours. */
  Frame next(int lateHours) {
    List<SeriesEntry> series = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      series.add(Plant.gauge("pump-" + i + "/flow"));
    }
    List<WindowRow> rows = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      rows.add(new WindowRow(random.nextInt(SERIES), window(newest - lateHours * Rolled.HOUR)));
    }
    return plant.windows(series, rows);
  }

  /** What hours come to with the frame in them. */
  static void add(Map<Rolled.Key, Window> hours, Frame frame) {
    for (WindowRow row : frame.windows()) {
      String path = frame.edge() + "/" + frame.series().get(row.series()).name();
      Rolled.add(hours, path, row.window());
    }
  }

  private Window window(long time) {
    long length = LENGTHS[random.nextInt(LENGTHS.length)];
    long hour = Math.floorDiv(time, Rolled.HOUR) * Rolled.HOUR;
    long start = hour + random.nextInt((int) (Rolled.HOUR / length)) % 5 * length;
    Window window = Window.empty(start, length);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      window = window.merge(reading(start, length));
    }
    return window;
  }

  private Window reading(long start, long length) {
    double none = Double.NaN;
    int kind = random.nextInt(8);
    if (kind < 2) {
      return new Window(
          start, length, 1, 0, kind, 1 - kind, none, none, 0, 0, start, none, start, none);
    }
    long time = start + random.nextInt(3);
    double value =
        random.nextBoolean() ? random.nextInt(-9, 9) : VALUES[random.nextInt(VALUES.length)];
    return new Window(
        start,
        length,
        1,
        kind == 2 ? 1 : 0,
        0,
        0,
        value,
        value,
        value,
        0,
        time,
        value,
        time,
        value);
  }
}
