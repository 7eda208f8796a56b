package io.edgeflow.wire.frame;

/** The m2 of windows, to 24 significant bits, each less a guess from the range of its values. */
final class WindowSpread {
  /** Squared range to variance, for the noise of sensors; any number would do, this one is near. */
  private static final double RANGE_TO_VARIANCE = 1.0 / 18;

  private WindowSpread() {}

  static void write(ByteSink sink, WindowTable table, int[] rows, int[] contexts) {
    long[] m2 = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      m2[i] = Significant.toShort(table.m2[rows[i]]) - guess(table, rows[i]);
    }
    LongColumn.write(sink, m2, contexts);
  }

  static void read(ByteSource source, WindowTable table, int[] rows, int[] contexts)
      throws ContentFault {
    long[] m2 = LongColumn.read(source, contexts);
    for (int i = 0; i < rows.length; i++) {
      table.m2[rows[i]] = Significant.fromShort(m2[i] + guess(table, rows[i]));
    }
  }

  private static long guess(WindowTable table, int row) {
    double range = table.maxValue[row] - table.minValue[row];
    return Significant.toShort(range * range * table.valued(row) * RANGE_TO_VARIANCE);
  }
}
