package io.edgeflow.wire.frame;

/**
 * The aggregates of series that are not decimal, as the bits of their doubles, each less the bits
 * of a guess: doubles of one sign and size have like bits.
 */
final class WindowBinaries {
  private final WindowTable table;
  private final int[] rows;
  private final int[] contexts;

  WindowBinaries(WindowTable table, int[] rows, int[] contexts) {
    this.table = table;
    this.rows = rows;
    this.contexts = contexts;
  }

  void write(ByteSink sink) {
    long[] min = new long[rows.length];
    long[] max = new long[rows.length];
    long[] first = new long[rows.length];
    long[] last = new long[rows.length];
    long[] sum = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      min[i] = bits(table.minValue[row]);
      max[i] = bits(table.maxValue[row]) - min[i];
      first[i] = bits(table.firstValue[row]) - min[i];
      last[i] = bits(table.lastValue[row]) - min[i];
      sum[i] = bits(table.sum[row]) - bits(guess(row));
    }
    for (long[] column : new long[][] {min, max, first, last, sum}) {
      LongColumn.write(sink, column, contexts);
    }
  }

  void read(ByteSource source) throws ContentFault {
    long[] min = LongColumn.read(source, contexts);
    long[] max = LongColumn.read(source, contexts);
    long[] first = LongColumn.read(source, contexts);
    long[] last = LongColumn.read(source, contexts);
    long[] sum = LongColumn.read(source, contexts);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      table.minValue[row] = Double.longBitsToDouble(min[i]);
      table.maxValue[row] = Double.longBitsToDouble(max[i] + min[i]);
      table.firstValue[row] = Double.longBitsToDouble(first[i] + min[i]);
      table.lastValue[row] = Double.longBitsToDouble(last[i] + min[i]);
      table.sum[row] = Double.longBitsToDouble(sum[i] + bits(guess(row)));
    }
  }

  private double guess(int row) {
    return (table.minValue[row] / 2 + table.maxValue[row] / 2) * table.valued(row);
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }
}
