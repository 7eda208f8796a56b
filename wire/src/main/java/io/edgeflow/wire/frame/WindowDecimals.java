package io.edgeflow.wire.frame;

/**
 * The aggregates of decimal series as whole numbers of their last place. Their sum is a decimal
 * number too, but for the rounding of each addition: so it is that number and a few steps from
 * double to double.
 */
final class WindowDecimals {
  private final WindowTable table;
  private final Shape shape;
  private final int[] rows;
  private final int[] contexts;

  WindowDecimals(WindowTable table, Shape shape, int[] rows, int[] contexts) {
    this.table = table;
    this.shape = shape;
    this.rows = rows;
    this.contexts = contexts;
  }

  void write(ByteSink sink) {
    long[] min = new long[rows.length];
    long[] range = new long[rows.length];
    long[] first = new long[rows.length];
    long[] last = new long[rows.length];
    long[] sum = new long[rows.length];
    long[] steps = new long[rows.length];
    long[] before = new long[shapeSize()];
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      int places = shape.places(table.series[row]);
      long low = Decimals.toWhole(table.minValue[row], places);
      range[i] = Decimals.toWhole(table.maxValue[row], places) - low;
      long middle = low + range[i] / 2;
      min[i] = low - before[table.series[row]];
      first[i] = Decimals.toWhole(table.firstValue[row], places) - middle;
      last[i] = Decimals.toWhole(table.lastValue[row], places) - middle;
      long whole = Decimals.toWhole(table.sum[row], places);
      sum[i] = whole - table.valued(row) * middle;
      steps[i] = bits(table.sum[row]) - bits(Decimals.toDouble(whole, places));
      before[table.series[row]] = low;
    }
    for (long[] column : new long[][] {min, range, first, last, sum, steps}) {
      LongColumn.write(sink, column, contexts);
    }
  }

  void read(ByteSource source) throws ContentFault {
    long[] min = LongColumn.read(source, contexts);
    long[] range = LongColumn.read(source, contexts);
    long[] first = LongColumn.read(source, contexts);
    long[] last = LongColumn.read(source, contexts);
    long[] sum = LongColumn.read(source, contexts);
    long[] steps = LongColumn.read(source, contexts);
    long[] before = new long[shapeSize()];
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      int places = shape.places(table.series[row]);
      long low = min[i] + before[table.series[row]];
      long middle = low + range[i] / 2;
      table.minValue[row] = Decimals.toDouble(low, places);
      table.maxValue[row] = Decimals.toDouble(low + range[i], places);
      table.firstValue[row] = Decimals.toDouble(middle + first[i], places);
      table.lastValue[row] = Decimals.toDouble(middle + last[i], places);
      double whole = Decimals.toDouble(sum[i] + table.valued(row) * middle, places);
      table.sum[row] = Double.longBitsToDouble(bits(whole) + steps[i]);
      before[table.series[row]] = low;
    }
  }

  private int shapeSize() {
    int size = 0;
    for (int row : rows) {
      size = Math.max(size, table.series[row] + 1);
    }
    return size;
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }
}
