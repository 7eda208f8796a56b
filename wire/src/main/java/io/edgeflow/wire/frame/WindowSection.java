package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows as columns: where and how many first, then the times and aggregates of those that have
 * valued readings; decimal series and binary ones apart.
 */
final class WindowSection {
  private WindowSection() {}

  static void write(ByteSink sink, List<WindowRow> rows, List<SeriesEntry> series) {
    sink.varint(rows.size());
    if (rows.isEmpty()) {
      return;
    }
    WindowTable table = WindowTable.of(rows);
    int[] contexts = SeriesSection.contexts(series);
    table.writeCounts(sink, contexts);
    Shape shape = shape(rows, series.size());
    shape.write(sink);
    WindowTimes.write(sink, table, shape);
    WindowValues values = new WindowValues(table, shape, contexts);
    values.write(sink);
  }

  static List<WindowRow> read(ByteSource source, List<SeriesEntry> series, int mostRows)
      throws ContentFault {
    int count = source.count(mostRows, "rows");
    List<WindowRow> rows = new ArrayList<>(count);
    if (count == 0) {
      return rows;
    }
    WindowTable table = new WindowTable(count);
    int[] contexts = SeriesSection.contexts(series);
    table.readCounts(source, contexts);
    Shape shape = Shape.read(source, series.size());
    WindowTimes.read(source, table, shape);
    WindowValues values = new WindowValues(table, shape, contexts);
    values.read(source);
    for (int i = 0; i < count; i++) {
      rows.add(table.row(i));
    }
    return rows;
  }

  private static Shape shape(List<WindowRow> rows, int series) {
    Shape shape = new Shape(series);
    for (WindowRow row : rows) {
      Window window = row.window();
      if (window.valued() > 0) {
        shape.value(row.series(), window.min());
        shape.value(row.series(), window.max());
        shape.value(row.series(), window.first());
        shape.value(row.series(), window.last());
        shape.time(row.series(), window.firstMicros() - window.startMicros());
        shape.time(row.series(), window.lastMicros() - window.startMicros());
      }
    }
    for (WindowRow row : rows) {
      Window window = row.window();
      if (window.valued() > 0) {
        shape.recheck(row.series(), window.min());
        shape.recheck(row.series(), window.max());
        shape.recheck(row.series(), window.first());
        shape.recheck(row.series(), window.last());
      }
    }
    return shape;
  }
}
