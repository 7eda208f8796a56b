package io.edgeflow.wire.frame;

/**
 * Adaptive Rice codes: a number costs about as many bits as the mean of its neighbours has. Numbers
 * of unlike sizes get contexts of their own, so that pressures do not spoil the measure for counts.
 *
 * <p>A number is its upper bits in unary and its lower ones as they are; where to cut follows from
 * the mean of the context so far, which both ends know. More than {@value #ESCAPE} unary bits mean
 * that a length and the plain number follow.
 */
final class Rice {
  static final int CONTEXTS = 64;

  private static final int ESCAPE = 20;
  private static final int MEMORY = 32;
  private static final long LARGEST_SHARE = 1L << 56;

  private final long[] sums = new long[CONTEXTS];
  private final int[] counts = new int[CONTEXTS];

  /**
   * @param start the bits of a typical number, 0 to 56, which is what each context begins with
   */
  Rice(int start) {
    for (int i = 0; i < CONTEXTS; i++) {
      sums[i] = 1L << start;
      counts[i] = 1;
    }
  }

  void write(long unsigned, int context, BitSink sink) {
    int cut = cut(context);
    long upper = unsigned >>> cut;
    if (upper >= 0 && upper < ESCAPE) {
      sink.bits((1L << (upper + 1)) - 2, (int) upper + 1);
      sink.bits(unsigned, cut);
    } else {
      int length = 64 - Long.numberOfLeadingZeros(unsigned);
      sink.bits((1L << ESCAPE) - 1, ESCAPE);
      sink.bits(length - 1L, 6);
      sink.bits(unsigned, length);
    }
    learn(unsigned, context);
  }

  long read(int context, BitSource source) throws ContentFault {
    int cut = cut(context);
    int upper = 0;
    while (upper < ESCAPE && source.bits(1) == 1) {
      upper++;
    }
    long unsigned =
        upper < ESCAPE
            ? ((long) upper << cut) | source.bits(cut)
            : source.bits((int) source.bits(6) + 1);
    learn(unsigned, context);
    return unsigned;
  }

  private int cut(int context) {
    int cut = 0;
    while (cut < 58 && ((long) counts[context] << cut) < sums[context]) {
      cut++;
    }
    return cut;
  }

  private void learn(long unsigned, int context) {
    boolean large = unsigned < 0 || unsigned > LARGEST_SHARE;
    sums[context] += large ? LARGEST_SHARE : unsigned;
    if (++counts[context] == MEMORY) {
      sums[context] >>>= 1;
      counts[context] >>>= 1;
    }
  }
}
