package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Minutes of a plant of many pumps, each series sampled once a second, folded by the windower. */
final class PlantFrames {
  static final long MINUTE = 60_000_000L;
  private static final long START = 1_763_672_400_000_000L;
  private static final List<String> POINTS =
      List.of("flow", "pressure", "temperature", "current", "vibration/x");
  private static final List<String> UNITS = List.of("m3/h", "bar", "degC", "A", "mm/s");
  private static final double[] LEVELS = {48, 6.2, 63, 17.5, 2.4};
  private static final double[] NOISE = {0.9, 0.08, 0.15, 0.4, 0.35};

  private final Random random;
  private final DoubleUnaryOperator sensor;
  private final List<SeriesEntry> series = new ArrayList<>();
  private final double[] levels;
  private final int[] phases;

  /**
   * @param sensor how a sensor reports a quantity: rounded, or as it is
   */
  PlantFrames(int count, long seed, DoubleUnaryOperator sensor) {
    this.random = new Random(seed);
    this.sensor = sensor;
    for (int i = 0; i < count; i++) {
      int pump = i / POINTS.size();
      int point = i % POINTS.size();
      series.add(
          new SeriesEntry(
              "line-%d/pump-%d/%s".formatted(pump / 25 + 1, pump % 25 + 1, POINTS.get(point)),
              Kind.GAUGE,
              UNITS.get(point)));
    }
    series.sort(Comparator.comparing(SeriesEntry::name));
    levels =
        series.stream().mapToDouble(s -> LEVELS[unit(s)] * (0.7 + random.nextDouble())).toArray();
    phases = series.stream().mapToInt(s -> random.nextInt(1000)).toArray();
  }

  List<SeriesEntry> series() {
    return series;
  }

  /** The frame of one minute of all series; minutes count from 0. */
  Frame minute(int minute) {
    long start = START + minute * MINUTE;
    Windower windower = new Windower(new WindowRule(MINUTE, 2_000_000));
    for (int i = 0; i < series.size(); i++) {
      for (int second = 0; second < 60; second++) {
        long time = start + (second * 1000L + phases[i] + random.nextInt(5)) * 1000;
        windower.fold(i, Math.min(time, start + MINUTE - 1000), value(i), Quality.GOOD, 0);
      }
    }
    List<WindowRow> rows = new ArrayList<>();
    long readings = 0;
    for (int i = 0; i < series.size(); i++) {
      Window window = windower.take(i, start);
      rows.add(new WindowRow(i, window));
      readings += window.count();
    }
    FrameId id = new FrameId(new Incarnation(7, 9), Lane.WINDOW, minute + 1L);
    return new Frame(
        "pi-7",
        id,
        start + MINUTE + 2_500_000,
        readings,
        readings * (minute + 1),
        series,
        rows,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private double value(int i) {
    double noise = NOISE[unit(series.get(i))];
    levels[i] += random.nextGaussian() * noise * 0.05;
    return sensor.applyAsDouble(levels[i] + random.nextGaussian() * noise);
  }

  private static int unit(SeriesEntry entry) {
    return UNITS.indexOf(entry.unit());
  }
}
