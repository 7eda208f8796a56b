package io.edgeflow.wire.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events, row by row: they are few and mostly words. */
final class EventSection {
  private static final int MAX_WORD_BYTES = 3 * FrameLimits.MAX_WORD_CHARS;
  private static final int MAX_TEXT_BYTES = 3 * FrameLimits.MAX_TEXT_CHARS;

  private EventSection() {}

  static void write(ByteSink sink, List<EventRow> rows) {
    sink.varint(rows.size());
    long before = 0;
    for (EventRow row : rows) {
      sink.zigzag(row.timeMicros() - before);
      before = row.timeMicros();
      sink.u8(row.severity().code());
      sink.text(row.type());
      sink.text(row.series());
      sink.text(row.message());
      sink.varint(row.detail().size());
      row.detail()
          .forEach(
              (key, value) -> {
                sink.text(key);
                sink.text(value);
              });
    }
  }

  static List<EventRow> read(ByteSource source, int mostRows) throws ContentFault {
    // An event takes several bytes, so there cannot be more of them than bytes.
    int count = source.count(Math.min(mostRows, source.left()), "rows");
    List<EventRow> rows = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += source.zigzag();
      rows.add(
          new EventRow(
              before,
              severity(source.u8()),
              source.text(MAX_WORD_BYTES),
              source.text(MAX_TEXT_BYTES),
              source.text(MAX_TEXT_BYTES),
              detail(source)));
    }
    return rows;
  }

  private static EventSeverity severity(int code) throws ContentFault {
    return EventSeverity.ofCode(code)
        .orElseThrow(() -> new ContentFault("an event of an unknown severity"));
  }

  private static SortedMap<String, String> detail(ByteSource source) throws ContentFault {
    int count = source.count(FrameLimits.MAX_DETAILS, "details");
    SortedMap<String, String> detail = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      if (detail.put(source.text(MAX_WORD_BYTES), source.text(MAX_TEXT_BYTES)) != null) {
        throw new ContentFault("a detail is named twice");
      }
    }
    return detail;
  }
}
