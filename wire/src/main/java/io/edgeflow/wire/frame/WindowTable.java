package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.window.Window;
import java.util.Arrays;
import java.util.List;

/** The columns of a set of windows while they are written or read. */
final class WindowTable {
  int[] series;
  long[] length;
  long[] start;
  long[] count;
  long[] uncertain;
  long[] stale;
  long[] bad;
  final long[] first;
  final long[] last;
  final double[] minValue;
  final double[] maxValue;
  final double[] firstValue;
  final double[] lastValue;
  final double[] sum;
  final double[] m2;

  WindowTable(int rows) {
    series = new int[rows];
    length = new long[rows];
    start = new long[rows];
    count = new long[rows];
    uncertain = new long[rows];
    stale = new long[rows];
    bad = new long[rows];
    first = new long[rows];
    last = new long[rows];
    minValue = new double[rows];
    maxValue = new double[rows];
    firstValue = new double[rows];
    lastValue = new double[rows];
    sum = new double[rows];
    m2 = new double[rows];
  }

  static WindowTable of(List<WindowRow> rows) {
    WindowTable table = new WindowTable(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      table.set(i, rows.get(i).series(), rows.get(i).window());
    }
    return table;
  }

  private void set(int row, int ofSeries, Window window) {
    series[row] = ofSeries;
    length[row] = window.lengthMicros();
    start[row] = window.startMicros();
    count[row] = window.count();
    uncertain[row] = window.uncertain();
    stale[row] = window.stale();
    bad[row] = window.bad();
    first[row] = window.firstMicros();
    last[row] = window.lastMicros();
    minValue[row] = window.min();
    maxValue[row] = window.max();
    firstValue[row] = window.first();
    lastValue[row] = window.last();
    sum[row] = window.sum();
    m2[row] = window.m2();
  }

  /**
   * @throws IllegalArgumentException if no readings could have made such a window
   */
  WindowRow row(int i) {
    Window window =
        valued(i) == 0
            ? withoutValue(i)
            : new Window(
                start[i],
                length[i],
                count[i],
                uncertain[i],
                stale[i],
                bad[i],
                minValue[i],
                maxValue[i],
                sum[i],
                m2[i],
                first[i],
                firstValue[i],
                last[i],
                lastValue[i]);
    return new WindowRow(series[i], window);
  }

  private Window withoutValue(int i) {
    double none = Double.NaN;
    return new Window(
        start[i],
        length[i],
        count[i],
        uncertain[i],
        stale[i],
        bad[i],
        none,
        none,
        0,
        0,
        start[i],
        none,
        start[i],
        none);
  }

  int rows() {
    return series.length;
  }

  long valued(int row) {
    return count[row] - stale[row] - bad[row];
  }

  /** The rows that have a valued reading. */
  int[] valuedRows() {
    return Columns.rows(rows(), row -> valued(row) != 0);
  }

  void writeCounts(ByteSink sink, int[] contextOfSeries) {
    Columns.writeDeltas(sink, Arrays.stream(series).asLongStream().toArray());
    Columns.writeDeltas(sink, length);
    long[] index = new long[rows()];
    Arrays.setAll(index, i -> Math.floorDiv(start[i], length[i]));
    Columns.writeDeltas(sink, index);
    int[] contexts = contexts(contextOfSeries);
    LongColumn.write(sink, count, contexts);
    LongColumn.write(sink, uncertain, contexts);
    LongColumn.write(sink, stale, contexts);
    LongColumn.write(sink, bad, contexts);
  }

  void readCounts(ByteSource source, int[] contextOfSeries) throws ContentFault {
    series = Columns.readSeries(source, rows(), contextOfSeries.length);
    length = Columns.readDeltas(source, rows());
    long[] index = Columns.readDeltas(source, rows());
    Arrays.setAll(start, i -> index[i] * length[i]);
    int[] contexts = contexts(contextOfSeries);
    count = LongColumn.read(source, contexts);
    uncertain = LongColumn.read(source, contexts);
    stale = LongColumn.read(source, contexts);
    bad = LongColumn.read(source, contexts);
  }

  private int[] contexts(int[] contextOfSeries) {
    return Arrays.stream(series).map(one -> contextOfSeries[one]).toArray();
  }
}
