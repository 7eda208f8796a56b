package io.edgeflow.gateway.recorder;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.FrameLimits;
import io.edgeflow.wire.frame.ShortText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events that were journaled and wait for their frame, oldest first. Owned by the owner thread. */
final class PendingEvents {
  private final Deque<EventRow> events = new ArrayDeque<>();

  /** An event may repeat what a stranger said: what no frame can hold of it is cut off. */
  void add(EventRow event) {
    events.addLast(
        new EventRow(
            event.timeMicros(),
            event.severity(),
            event.type(),
            event.series(),
            cut(event.message()),
            cut(event.detail())));
  }

  private static SortedMap<String, String> cut(SortedMap<String, String> detail) {
    SortedMap<String, String> cut = new TreeMap<>();
    detail.forEach((key, value) -> cut.put(key, cut(value)));
    return cut;
  }

  private static String cut(String text) {
    return ShortText.cut(text, FrameLimits.MAX_TEXT_CHARS);
  }

  /**
   * The first of them; one at least, if there is any.
   *
   * @param most how many
   * @param mostChars how many characters all of them may have
   */
  List<EventRow> first(int most, int mostChars) {
    List<EventRow> first = new ArrayList<>();
    int chars = 0;
    for (EventRow event : events) {
      chars += chars(event);
      if (first.size() == most || (chars > mostChars && !first.isEmpty())) {
        break;
      }
      first.add(event);
    }
    return first;
  }

  private static int chars(EventRow event) {
    int chars = event.message().length() + event.series().length();
    for (Map.Entry<String, String> one : event.detail().entrySet()) {
      chars += one.getKey().length() + one.getValue().length();
    }
    return chars;
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
