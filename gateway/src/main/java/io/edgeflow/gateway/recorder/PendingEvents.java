package io.edgeflow.gateway.recorder;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events that were journaled and wait for their frame, oldest first. Owned by the owner thread. */
final class PendingEvents {
  private final Deque<EventRow> events = new ArrayDeque<>();

  void add(EventRow event) {
    events.addLast(event);
  }

  List<EventRow> first(int most) {
    List<EventRow> first = new ArrayList<>();
    for (EventRow event : events) {
      if (first.size() == most) {
        break;
      }
      first.add(event);
    }
    return first;
  }

  /** The first of them were numbered. */
  void drop(int count) {
    for (int i = 0; i < count; i++) {
      events.removeFirst();
    }
  }

  int size() {
    return events.size();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  void write(RecordWriter out) {
    out.varint(events.size());
    events.forEach(event -> write(out, event));
  }

  void read(RecordReader in) {
    for (long left = in.varint(); left > 0; left--) {
      add(readEvent(in));
    }
  }

  static void write(RecordWriter out, EventRow event) {
    out.int64(event.timeMicros()).u8(event.severity().code());
    out.text(event.type()).text(event.series()).text(event.message());
    out.varint(event.detail().size());
    event.detail().forEach((key, value) -> out.text(key).text(value));
  }

  static EventRow readEvent(RecordReader in) {
    long time = in.int64();
    EventSeverity severity = EventSeverity.ofCode(in.u8()).orElseThrow();
    String type = in.text();
    String series = in.text();
    String message = in.text();
    SortedMap<String, String> detail = new TreeMap<>();
    for (long left = in.varint(); left > 0; left--) {
      detail.put(in.text(), in.text());
    }
    return new EventRow(time, severity, type, series, message, detail);
  }
}
