package io.edgeflow.wire.frame;

import java.util.ArrayList;
import java.util.List;

/** Single readings. */
final class RawSection {
  private RawSection() {}

  static void write(ByteSink sink, List<RawRow> rows, List<SeriesEntry> series) {
    sink.varint(rows.size());
    if (rows.isEmpty()) {
      return;
    }
    Points points = new Points(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      RawRow row = rows.get(i);
      points.set(i, row.series(), row.timeMicros(), row.number(), row.text(), row.quality());
    }
    points.write(sink, series);
  }

  static List<RawRow> read(ByteSource source, List<SeriesEntry> series, int mostRows)
      throws ContentFault {
    int count = source.count(mostRows, "rows");
    List<RawRow> rows = new ArrayList<>(count);
    if (count == 0) {
      return rows;
    }
    Points points = new Points(count);
    points.read(source, series);
    for (int i = 0; i < count; i++) {
      rows.add(
          new RawRow(
              points.series[i],
              points.micros[i],
              points.number[i],
              points.text[i],
              points.quality[i]));
    }
    return rows;
  }
}
