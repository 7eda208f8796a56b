package io.edgeflow.lab.sim;

import java.time.Duration;

/** What a sensor would show at a moment. Pure: the same time gives the same value. */
@FunctionalInterface
public interface Signal {
  double MICROS_PER_DAY = 86_400e6;

  /**
   * @param micros microseconds since the epoch
   */
  double at(long micros);

  default Signal plus(Signal other) {
    return micros -> at(micros) + other.at(micros);
  }

  default Signal times(Signal other) {
    return micros -> at(micros) * other.at(micros);
  }

  static Signal constant(double value) {
    return micros -> value;
  }

  /** A wave of one day (UTC) around 0 that is highest at an hour. */
  static Signal daily(double amplitude, double peakHour) {
    return micros -> amplitude * Math.cos(2 * Math.PI * (micros / MICROS_PER_DAY - peakHour / 24));
  }

  /** A saw-tooth around 0 that climbs for some days and then is calibrated back. */
  static Signal drift(double amplitude, double days) {
    return micros -> {
      double phase = micros / (MICROS_PER_DAY * days);
      return amplitude * (phase - Math.floor(phase) - 0.5);
    };
  }

  /** Bell-shaped noise around 0, anew every 100 ms. */
  static Signal noise(long seed, double deviation) {
    return micros -> deviation * Chance.bell(seed, Math.floorDiv(micros, 100_000L));
  }

  /** Wanders smoothly between -amplitude and amplitude, about once a period. */
  static Signal wander(long seed, double amplitude, Duration period) {
    long step = period.toNanos() / 1_000;
    return micros -> {
      long knot = Math.floorDiv(micros, step);
      double within = (double) Math.floorMod(micros, step) / step;
      double ease = (1 - Math.cos(Math.PI * within)) / 2;
      double from = 2 * Chance.of(seed, knot) - 1;
      double to = 2 * Chance.of(seed, knot + 1) - 1;
      return amplitude * (from + (to - from) * ease);
    };
  }
}
