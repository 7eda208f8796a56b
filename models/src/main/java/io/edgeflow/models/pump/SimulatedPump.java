package io.edgeflow.models.pump;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A centrifugal pump with four sensors, a reading of each every second. Its speed follows the day
 * and the demand, and flow, pressure, vibration and current follow the speed, so that they normally
 * move together. Equal seeds give equal readings.
 *
 * @param seed of everything
 * @param startMicros when the readings begin, in microseconds since the epoch
 */
public record SimulatedPump(long seed, long startMicros) {
  public static final String DEVICE = "pump-1";

  /** The points, in the order in which a moment's readings come. */
  public static final List<String> POINTS = List.of("flow", "pressure", "vibration", "current");

  static final int SECONDS_PER_DAY = 86_400;
  private static final long SECOND = 1_000_000;

  /** Of the sensors, as standard deviations, in l/min, bar, mm/s and A. */
  private static final double[] NOISE = {0.6, 0.02, 0.08, 0.05};

  /** How strongly the demand pulls the speed back to the middle, each second. */
  private static final double PULL = 1.0 / 300;

  private static final double DEMAND = 0.004;

  /** Readings of some days with the faults in them. */
  public History readings(int days, List<Fault> faults) {
    var random = new SplittableRandom(seed);
    List<GoldenReading> readings = new ArrayList<>();
    double demand = 0;
    double[] shown = new double[POINTS.size()];
    for (int second = 0; second < days * SECONDS_PER_DAY; second++) {
      demand += -PULL * demand + DEMAND * random.nextGaussian();
      double day = Math.cos(2 * Math.PI * (second / (double) SECONDS_PER_DAY - 11.0 / 24));
      double[] truth = states(0.9 + 0.06 * day + 0.5 * Math.tanh(demand) * 0.2);
      for (int i = 0; i < shown.length; i++) {
        double value = truth[i] + NOISE[i] * random.nextGaussian();
        shown[i] = faulty(i, second, value, shown[i], faults, random);
        readings.add(reading(i, second, shown[i]));
      }
    }
    return new History(readings);
  }

  /** What the sensors would show without noise at a speed; 1 is the nominal one. */
  private static double[] states(double speed) {
    return new double[] {
      42 * speed, 4.2 * speed * speed, 1.2 + 0.9 * speed, 11.5 * speed * speed * speed
    };
  }

  private static double faulty(
      int point,
      int second,
      double value,
      double before,
      List<Fault> faults,
      SplittableRandom random) {
    double shown = value;
    for (Fault fault : faults) {
      if (second >= fault.fromSecond() && second < fault.toSecond()) {
        shown = fault.shown(point, second, shown, before, NOISE[point], random);
      }
    }
    return shown;
  }

  private GoldenReading reading(int point, int second, double value) {
    // Sensors say three decimals.
    double rounded = Math.round(value * 1_000) / 1_000.0;
    return new GoldenReading(
        new SeriesName(DEVICE + "/" + POINTS.get(point)),
        startMicros + second * SECOND,
        rounded,
        Quality.GOOD);
  }
}
