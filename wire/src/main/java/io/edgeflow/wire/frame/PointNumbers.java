package io.edgeflow.wire.frame;

/** The numbers of points, each less the one before of its series; decimal and binary ones apart. */
final class PointNumbers {
  private final Points points;
  private final Shape shape;
  private final int[] contextOfSeries;

  PointNumbers(Points points, Shape shape, int[] contextOfSeries) {
    this.points = points;
    this.shape = shape;
    this.contextOfSeries = contextOfSeries;
  }

  void write(ByteSink sink) {
    for (boolean decimal : new boolean[] {true, false}) {
      int[] rows = rows(decimal);
      long[] before = new long[contextOfSeries.length];
      long[] deltas = new long[rows.length];
      for (int i = 0; i < rows.length; i++) {
        int series = points.series[rows[i]];
        long whole = whole(points.number[rows[i]], series);
        deltas[i] = whole - before[series];
        before[series] = whole;
      }
      LongColumn.write(sink, deltas, contexts(rows));
    }
  }

  void read(ByteSource source) throws ContentFault {
    for (boolean decimal : new boolean[] {true, false}) {
      int[] rows = rows(decimal);
      long[] before = new long[contextOfSeries.length];
      long[] deltas = LongColumn.read(source, contexts(rows));
      for (int i = 0; i < rows.length; i++) {
        int series = points.series[rows[i]];
        before[series] += deltas[i];
        points.number[rows[i]] = number(before[series], series);
      }
    }
  }

  private long whole(double number, int series) {
    return shape.isDecimal(series)
        ? Decimals.toWhole(number, shape.places(series))
        : Double.doubleToLongBits(number);
  }

  private double number(long whole, int series) {
    return shape.isDecimal(series)
        ? Decimals.toDouble(whole, shape.places(series))
        : Double.longBitsToDouble(whole);
  }

  private int[] rows(boolean decimal) {
    return Columns.rows(points.rows(), row -> shape.isDecimal(points.series[row]) == decimal);
  }

  private int[] contexts(int[] rows) {
    return Columns.contexts(rows, points.series, contextOfSeries);
  }
}
