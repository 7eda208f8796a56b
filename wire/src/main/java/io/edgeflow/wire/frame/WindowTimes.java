package io.edgeflow.wire.frame;

import java.util.Arrays;

/**
 * The first and last time of each valued window, in the ticks of its series. The last one is
 * guessed from the first and the count, as if readings came evenly.
 */
final class WindowTimes {
  private WindowTimes() {}

  static void write(ByteSink sink, WindowTable table, Shape shape) {
    int[] rows = table.valuedRows();
    long[] first = new long[rows.length];
    long[] last = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      long tick = shape.tick(table.series[row]);
      first[i] = (table.first[row] - table.start[row]) / tick;
      last[i] = (table.last[row] - table.start[row]) / tick - first[i] - guess(table, row, tick);
    }
    int[] contexts = contexts(rows, table, shape);
    LongColumn.write(sink, first, contexts);
    LongColumn.write(sink, last, contexts);
  }

  static void read(ByteSource source, WindowTable table, Shape shape) throws ContentFault {
    int[] rows = table.valuedRows();
    int[] contexts = contexts(rows, table, shape);
    long[] first = LongColumn.read(source, contexts);
    long[] last = LongColumn.read(source, contexts);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      long tick = shape.tick(table.series[row]);
      table.first[row] = table.start[row] + first[i] * tick;
      table.last[row] = table.start[row] + (last[i] + first[i] + guess(table, row, tick)) * tick;
    }
  }

  /** In ticks after the first reading. Wraps round for hostile counts, alike at both ends. */
  private static long guess(WindowTable table, int row, long tick) {
    long valued = table.valued(row);
    return (valued - 1) * (table.length[row] / valued) / tick;
  }

  private static int[] contexts(int[] rows, WindowTable table, Shape shape) {
    return Arrays.stream(rows).map(row -> shape.tickClass(table.series[row])).toArray();
  }
}
