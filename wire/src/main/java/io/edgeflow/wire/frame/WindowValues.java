package io.edgeflow.wire.frame;

/**
 * The aggregates of valued windows. The extremes come first, and what lies between them is told
 * from their middle. Arithmetic wraps round for extreme values, alike at both ends, so that nothing
 * is lost.
 */
final class WindowValues {
  private final WindowTable table;
  private final Shape shape;
  private final int[] contextOfSeries;

  WindowValues(WindowTable table, Shape shape, int[] contextOfSeries) {
    this.table = table;
    this.shape = shape;
    this.contextOfSeries = contextOfSeries;
  }

  void write(ByteSink sink) {
    int[] decimal = rows(true);
    new WindowDecimals(table, shape, decimal, contexts(decimal)).write(sink);
    int[] binary = rows(false);
    new WindowBinaries(table, binary, contexts(binary)).write(sink);
    WindowSpread.write(sink, table, decimal, contexts(decimal));
    WindowSpread.write(sink, table, binary, contexts(binary));
  }

  void read(ByteSource source) throws ContentFault {
    int[] decimal = rows(true);
    new WindowDecimals(table, shape, decimal, contexts(decimal)).read(source);
    int[] binary = rows(false);
    new WindowBinaries(table, binary, contexts(binary)).read(source);
    WindowSpread.read(source, table, decimal, contexts(decimal));
    WindowSpread.read(source, table, binary, contexts(binary));
  }

  private int[] rows(boolean decimal) {
    return Columns.rows(
        table.rows(),
        row -> table.valued(row) != 0 && shape.isDecimal(table.series[row]) == decimal);
  }

  private int[] contexts(int[] rows) {
    return Columns.contexts(rows, table.series, contextOfSeries);
  }
}
