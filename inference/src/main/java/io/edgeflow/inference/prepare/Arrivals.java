package io.edgeflow.inference.prepare;

import java.util.Arrays;

/**
 * In which order readings count: the times of a series must rise. One at the same time as the
 * newest is a duplicate, one before it late; neither counts, and both are counted.
 *
 * <p>One stamp far ahead would make all that follow late for ever. So after {@value #MAX_RUN}
 * readings in a row that came later than could matter, the newest of them is believed and
 * everything starts anew.
 */
final class Arrivals {
  static final int MAX_RUN = 64;
  static final long NEVER = Long.MIN_VALUE;

  /** Beyond the years 1 to 9999, where sums of times could wrap round. */
  private static final long MAX_TIME = 1L << 60;

  private final long[] newest;
  private final long horizonMicros;
  private final ArrivalCounts counts;
  private long newestOfAll = NEVER;
  private int run;

  /**
   * @param horizonMicros how far behind the newest of all a reading may still matter
   */
  Arrivals(int series, long horizonMicros, ArrivalCounts counts) {
    this.newest = new long[series];
    this.horizonMicros = horizonMicros;
    this.counts = counts;
    Arrays.fill(newest, NEVER);
  }

  /** What becomes of a reading. */
  enum Verdict {
    TAKE,
    DROP,
    /** Forget everything, then take it. */
    RESTART
  }

  Verdict arrive(int series, long timeMicros) {
    if (timeMicros > MAX_TIME || timeMicros < -MAX_TIME) {
      counts.late++;
      return Verdict.DROP;
    }
    boolean hopeless = newestOfAll != NEVER && timeMicros < newestOfAll - horizonMicros;
    if (hopeless && ++run >= MAX_RUN) {
      Arrays.fill(newest, NEVER);
      newestOfAll = NEVER;
      counts.restarts++;
      take(series, timeMicros);
      return Verdict.RESTART;
    }
    if (timeMicros <= newest[series]) {
      if (timeMicros == newest[series]) {
        counts.duplicates++;
      } else {
        counts.late++;
      }
      return Verdict.DROP;
    }
    if (!hopeless) {
      run = 0;
    }
    take(series, timeMicros);
    return Verdict.TAKE;
  }

  long newest(int series) {
    return newest[series];
  }

  long newestOfAll() {
    return newestOfAll;
  }

  private void take(int series, long timeMicros) {
    newest[series] = timeMicros;
    newestOfAll = Math.max(newestOfAll, timeMicros);
  }
}
