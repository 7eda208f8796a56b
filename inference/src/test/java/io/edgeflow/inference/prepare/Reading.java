package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A reading of one of the inputs, and random ones with what plants do to them. */
record Reading(int index, long timeMicros, double value, Quality quality) {
  void to(Preparer preparer, RowSink sink) {
    preparer.accept(index, timeMicros, value, quality, sink);
  }

  /**
   * In order of time, of several series, with silences, repeated stamps and doubtful qualities.
   *
   * @param meanPause from one reading of a series to its next, in microseconds
   */
  static List<Reading> ordered(RandomGenerator random, int series, int count, long meanPause) {
    List<Reading> readings = new ArrayList<>();
    long time = 1_763_672_400_000_000L + random.nextInt(10_000_000);
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(60);
      time += kind == 0 ? meanPause * random.nextInt(40) : random.nextLong(2 * meanPause / series);
      // Whole periods often, as sensors do that are polled.
      long stamp = random.nextInt(4) == 0 ? time - time % 1_000_000 + 1_000_000 : time;
      time = Math.max(time, stamp);
      readings.add(
          new Reading(random.nextInt(series), time, random.nextInt(200) / 4.0, quality(random)));
    }
    return readings;
  }

  private static Quality quality(RandomGenerator random) {
    int kind = random.nextInt(50);
    return kind == 0
        ? Quality.BAD
        : kind < 3 ? Quality.STALE : kind < 8 ? Quality.UNCERTAIN : Quality.GOOD;
  }
}
