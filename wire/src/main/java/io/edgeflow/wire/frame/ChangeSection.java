package io.edgeflow.wire.frame;

import java.util.ArrayList;
import java.util.List;

/** Runs of states and texts: points, and how long and how often each was seen. */
final class ChangeSection {
  private ChangeSection() {}

  static void write(ByteSink sink, List<ChangeRow> rows, List<SeriesEntry> series) {
    sink.varint(rows.size());
    if (rows.isEmpty()) {
      return;
    }
    Points points = new Points(rows.size());
    long[] lasted = new long[rows.size()];
    long[] counts = new long[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      ChangeRow row = rows.get(i);
      points.set(i, row.series(), row.firstMicros(), row.number(), row.text(), row.quality());
      lasted[i] = row.lastMicros() - row.firstMicros();
      counts[i] = row.count();
    }
    points.write(sink, series);
    LongColumn.write(sink, lasted, new int[rows.size()]);
    LongColumn.write(sink, counts, new int[rows.size()]);
  }

  static List<ChangeRow> read(ByteSource source, List<SeriesEntry> series, int mostRows)
      throws ContentFault {
    int count = source.count(mostRows, "rows");
    List<ChangeRow> rows = new ArrayList<>(count);
    if (count == 0) {
      return rows;
    }
    Points points = new Points(count);
    points.read(source, series);
    long[] lasted = LongColumn.read(source, new int[count]);
    long[] counts = LongColumn.read(source, new int[count]);
    for (int i = 0; i < count; i++) {
      rows.add(
          new ChangeRow(
              points.series[i],
              points.micros[i],
              points.micros[i] + lasted[i],
              counts[i],
              points.number[i],
              points.text[i],
              points.quality[i]));
    }
    return rows;
  }
}
