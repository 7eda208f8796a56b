package io.edgeflow.lab.bench;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * The two sides of {@link WindowsBench}: one reading a second from each series, folded into windows
 * of one minute that are taken when due; and the same values added to one sum per series. Both run
 * for a given time on the calling thread and count that thread's processor time: what the machine
 * does for others meanwhile is no property of the code.
 */
final class WindowsWork {
  private static final long SECOND_MICROS = 1_000_000;
  private static final WindowRule RULE = new WindowRule(60 * SECOND_MICROS, 2 * SECOND_MICROS);
  private static final long START_MICROS = 29_000_000L * RULE.lengthMicros();
  private static final int VALUES = 1 << 16;

  private final int series;
  private final double[] values = new double[VALUES];

  WindowsWork(int series) {
    this.series = series;
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < VALUES; i++) {
      values[i] = Math.round((20 + random.nextGaussian()) * 100) / 100.0;
    }
  }

  /**
   * @return readings per second of one core
   * @throws IllegalStateException if the windows do not hold every reading once
   */
  double fold(long nanos) {
    Windower windower = new Windower(RULE);
    long[] taken = new long[1];
    long folded = 0;
    long startedCpu = cpuNanos();
    long started = System.nanoTime();
    long now = started;
    for (int second = 0; now - started < nanos; second++) {
      long time = START_MICROS + second * SECOND_MICROS;
      foldSecond(windower, time, second, now);
      folded += series;
      windower.due(time, now, (id, start) -> taken[0] += windower.take(id, start).count());
      now = System.nanoTime();
    }
    long cpu = Math.max(1, cpuNanos() - startedCpu);
    if (taken[0] + windower.pendingReadings() != folded) {
      throw new IllegalStateException(folded + " readings folded, not as many in the windows");
    }
    return folded * 1e9 / cpu;
  }

  private void foldSecond(Windower windower, long timeMicros, int second, long nowNanos) {
    for (int id = 0; id < series; id++) {
      windower.fold(id, timeMicros + id, value(id, second), Quality.GOOD, nowNanos);
    }
  }

  /**
   * @return additions per second of one core
   */
  double add(long nanos) {
    double[] sums = new double[series];
    long added = 0;
    long startedCpu = cpuNanos();
    long started = System.nanoTime();
    long now = started;
    for (int second = 0; now - started < nanos; second++) {
      addSecond(sums, second);
      added += series;
      now = System.nanoTime();
    }
    long cpu = Math.max(1, cpuNanos() - startedCpu);
    if (sums[0] <= 0) {
      throw new IllegalStateException("nothing was added");
    }
    return added * 1e9 / cpu;
  }

  private void addSecond(double[] sums, int second) {
    for (int id = 0; id < series; id++) {
      sums[id] += value(id, second);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private double value(int id, int second) {
    return values[(id * 31 + second) & (VALUES - 1)];
  }
}
