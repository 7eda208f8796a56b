package io.edgeflow.wire.frame;

import java.util.ArrayList;
import java.util.List;

/** The ranges that a coarse frame stands for. */
final class ReplacedSection {
  private ReplacedSection() {}

  static void write(ByteSink sink, List<Replaced> rows) {
    sink.varint(rows.size());
    for (Replaced row : rows) {
      sink.varint(row.incarnation().hi());
      sink.varint(row.incarnation().lo());
      sink.u8(row.lane().code());
      sink.varint(row.from());
      sink.varint(row.to() - row.from());
    }
  }

  static List<Replaced> read(ByteSource source, int mostRows) throws ContentFault {
    int count = source.count(Math.min(mostRows, source.left()), "rows");
    List<Replaced> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Incarnation incarnation = new Incarnation(source.varint(), source.varint());
      Lane lane = Lane.ofCode(source.u8()).orElseThrow(() -> new ContentFault("an unknown lane"));
      long from = source.varint();
      rows.add(new Replaced(incarnation, lane, from, from + source.varint()));
    }
    return rows;
  }
}
