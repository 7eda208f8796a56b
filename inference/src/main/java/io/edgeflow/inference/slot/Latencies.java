package io.edgeflow.inference.slot;

import io.edgeflow.inference.slot.ComparisonReport.CallTimes;

/** How long calls took, to an eighth: enough for quantiles, in a fixed 4 KiB. Not thread-safe. */
public final class Latencies {
  private static final int STEPS = 8;
  private static final int STEP_BITS = 3;

  private final long[] counts = new long[Long.SIZE * STEPS];
  private long count;
  private long most;

  public void add(long nanos) {
    long atLeastOne = Math.max(1, nanos);
    counts[bucket(atLeastOne)]++;
    count++;
    most = Math.max(most, atLeastOne);
  }

  public CallTimes summary() {
    return new CallTimes(count, quantile(0.5), quantile(0.99), most);
  }

  private long quantile(double part) {
    long below = (long) Math.ceil(count * part);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= below && seen > 0) {
        return Math.min(most, end(i));
      }
    }
    return 0;
  }

  /** The octave, and in which eighth of it; small numbers have a bucket each. */
  private static int bucket(long nanos) {
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int step =
        octave < STEP_BITS
            ? (int) (nanos << (STEP_BITS - octave))
            : (int) (nanos >>> (octave - STEP_BITS));
    return octave * STEPS + (step & (STEPS - 1));
  }

  /** The largest number in the bucket. */
  private static long end(int bucket) {
    int octave = bucket / STEPS;
    long step = (long) STEPS + bucket % STEPS;
    return octave < STEP_BITS
        ? step >>> (STEP_BITS - octave)
        : ((step + 1) << (octave - STEP_BITS)) - 1;
  }
}
