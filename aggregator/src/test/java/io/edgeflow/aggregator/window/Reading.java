package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A reading to fold, and random ones of every temper. */
record Reading(long timeMicros, double value, Quality quality) {
  /** Readings of one window, with times and values that collide often. */
  static List<Reading> random(RandomGenerator random, long startMicros, long lengthMicros) {
    int n = random.nextInt(1, 120);
    int temper = random.nextInt(8);
    long distinctTimes = random.nextBoolean() ? 5 : lengthMicros;
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long time = startMicros + random.nextLong(distinctTimes) * (lengthMicros / distinctTimes);
      readings.add(new Reading(time, Values.accepted(value(random, temper)), quality(random)));
    }
    return readings;
  }

  static List<Reading> shuffled(List<Reading> readings, RandomGenerator random) {
    List<Reading> shuffled = new ArrayList<>(readings);
    Collections.shuffle(shuffled, Random.from(random));
    return shuffled;
  }

  private static double value(RandomGenerator random, int temper) {
    return switch (temper) {
      case 0 -> 0.1;
      case 1 -> 1e9 + random.nextGaussian();
      case 2 -> Math.round(random.nextDouble() * 10_000) / 100.0;
      case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30));
      case 4 -> (random.nextBoolean() ? 1 : -1) * Values.LIMIT;
      case 5 -> random.nextInt(-1, 2) * 0.0;
      case 6 -> random.nextBoolean() ? Double.MIN_VALUE : Values.LIMIT;
      default -> random.nextInt(3) == 0 ? 1e15 : random.nextDouble();
    };
  }

  private static Quality quality(RandomGenerator random) {
    int draw = random.nextInt(10);
    return draw < 6 ? Quality.GOOD : Quality.ofCode(draw % 4);
  }
}
