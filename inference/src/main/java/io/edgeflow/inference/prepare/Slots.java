package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import java.util.Arrays;

/**
 * What one series did in each of the grid's slots that are not decided yet: a ring of primitives.
 */
final class Slots {
  private static final byte NONE = -1;

  final int[] count;
  final long[] firstMicros;
  final long[] lastMicros;
  final double[] first;
  final double[] last;
  final double[] sum;
  final double[] min;
  final double[] max;

  private final double[] mean;
  private final double[] m2;
  private final byte[] firstQuality;
  private final byte[] lastQuality;
  private final byte[] worstQuality;
  private final byte[] refusal;
  private final byte[] refusalAtEnd;
  private final boolean[] touched;
  private int waiting;
  private final boolean[] refusedAtStart;

  Slots(int capacity) {
    count = new int[capacity];
    firstMicros = new long[capacity];
    lastMicros = new long[capacity];
    first = new double[capacity];
    last = new double[capacity];
    sum = new double[capacity];
    min = new double[capacity];
    max = new double[capacity];
    mean = new double[capacity];
    m2 = new double[capacity];
    firstQuality = new byte[capacity];
    lastQuality = new byte[capacity];
    worstQuality = new byte[capacity];
    refusal = new byte[capacity];
    refusalAtEnd = new byte[capacity];
    touched = new boolean[capacity];
    refusedAtStart = new boolean[capacity];
    Arrays.fill(refusal, NONE);
    Arrays.fill(refusalAtEnd, NONE);
  }

  int at(long slot) {
    return Math.floorMod(slot, count.length);
  }

  void use(int at, long timeMicros, double value, Quality quality) {
    byte code = (byte) quality.code();
    int n = ++count[at];
    touch(at);
    if (n == 1) {
      firstMicros[at] = timeMicros;
      first[at] = value;
      firstQuality[at] = code;
      min[at] = value;
      max[at] = value;
    } else {
      min[at] = Math.min(min[at], value);
      max[at] = Math.max(max[at], value);
    }
    lastMicros[at] = timeMicros;
    last[at] = value;
    lastQuality[at] = code;
    worstQuality[at] = (byte) Math.max(worstQuality[at], code);
    sum[at] += value;
    double fromOldMean = value - mean[at];
    mean[at] += fromOldMean / n;
    m2[at] += fromOldMean * (value - mean[at]);
    refusalAtEnd[at] = NONE;
  }

  void refuse(int at, Withheld why) {
    byte code = (byte) why.rank();
    refusedAtStart[at] |= !touched[at];
    touch(at);
    refusal[at] = refusal[at] == NONE ? code : (byte) Math.min(refusal[at], code);
    refusalAtEnd[at] = code;
  }

  void clear(int at) {
    waiting -= touched[at] ? 1 : 0;
    count[at] = 0;
    sum[at] = 0;
    mean[at] = 0;
    m2[at] = 0;
    worstQuality[at] = 0;
    refusal[at] = NONE;
    refusalAtEnd[at] = NONE;
    touched[at] = false;
    refusedAtStart[at] = false;
  }

  /** In how many of them anything happened. */
  int waiting() {
    return waiting;
  }

  private void touch(int at) {
    waiting += touched[at] ? 0 : 1;
    touched[at] = true;
  }

  /** Whether anything happened in it that counts. */
  boolean touched(int at) {
    return touched[at];
  }

  /** Whether a reading in it was refused. */
  boolean refused(int at) {
    return refusal[at] != NONE;
  }

  /** Whether its first reading was refused. */
  boolean refusedAtStart(int at) {
    return refusedAtStart[at];
  }

  /** The gravest of the refusals. */
  Withheld refusal(int at) {
    return Withheld.ofRank(refusal[at]);
  }

  /** Whether its last reading was refused. */
  boolean refusedAtEnd(int at) {
    return refusalAtEnd[at] != NONE;
  }

  Withheld refusalAtEnd(int at) {
    return Withheld.ofRank(refusalAtEnd[at]);
  }

  double deviation(int at) {
    return Math.sqrt(m2[at] / count[at]);
  }

  int firstQuality(int at) {
    return firstQuality[at];
  }

  int lastQuality(int at) {
    return lastQuality[at];
  }

  int worstQuality(int at) {
    return worstQuality[at];
  }
}
