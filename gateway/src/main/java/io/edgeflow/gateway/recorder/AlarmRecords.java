package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.alarms.AlarmBook;
import io.edgeflow.gateway.alarms.AlarmChange;
import io.edgeflow.gateway.alarms.AlarmPhase;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.gateway.alarms.Shelf;
import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.wire.frame.EventRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The layout of alarms in records and in the checkpoint. */
final class AlarmRecords {
  private static final int TURNED = 1;
  private static final int LATE = 2;
  private static final int DIGESTED = 3;
  private static final int CAPTURED = 4;

  private AlarmRecords() {}

  /** Until the record ends. */
  static void write(RecordWriter out, List<AlarmChange> changes) {
    changes.forEach(change -> write(out, change));
  }

  private static void write(RecordWriter out, AlarmChange change) {
    switch (change) {
      case AlarmChange.Turned(AlarmRecord alarm, EventRow event) -> {
        write(out.u8(TURNED), alarm);
        PendingEvents.write(out, event);
      }
      case AlarmChange.Late(String rule, long time) -> out.u8(LATE).text(rule).int64(time);
      case AlarmChange.Captured(Around around) -> CaptureRecords.write(out.u8(CAPTURED), around);
      case AlarmChange.Digested(EventRow event) -> PendingEvents.write(out.u8(DIGESTED), event);
    }
  }

  static void read(RecordReader in, Consumer<AlarmChange> each) {
    while (in.more()) {
      each.accept(change(in));
    }
  }

  private static AlarmChange change(RecordReader in) {
    int kind = in.u8();
    return switch (kind) {
      case TURNED -> new AlarmChange.Turned(alarm(in), PendingEvents.readEvent(in));
      case LATE -> new AlarmChange.Late(in.text(), in.int64());
      case CAPTURED -> new AlarmChange.Captured(CaptureRecords.around(in));
      case DIGESTED -> new AlarmChange.Digested(PendingEvents.readEvent(in));
      default ->
          throw new IllegalStateException("a change of an alarm of an unknown kind: " + kind);
    };
  }

  private static void write(RecordWriter out, AlarmRecord alarm) {
    out.text(alarm.id()).text(alarm.rule()).text(alarm.series());
    out.text(alarm.condition()).text(alarm.limit()).u8(alarm.priority().code());
    out.u8(alarm.phase().code()).int64(alarm.raisedMicros()).int64(alarm.changedMicros());
    out.text(alarm.value());
    Shelf shelf = alarm.shelf();
    out.u8(shelf == null ? 0 : 1);
    if (shelf != null) {
      out.int64(shelf.untilMicros()).varint(shelf.lengthMicros());
      out.text(shelf.who()).text(shelf.why());
    }
  }

  private static AlarmRecord alarm(RecordReader in) {
    return new AlarmRecord(
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        AlarmPriority.ofCode(in.u8()),
        AlarmPhase.ofCode(in.u8()),
        in.int64(),
        in.int64(),
        in.text(),
        in.u8() == 0 ? null : new Shelf(in.int64(), in.varint(), in.text(), in.text()));
  }

  static void write(RecordWriter out, AlarmBook book) {
    Collection<AlarmRecord> alarms = book.all();
    out.varint(alarms.size());
    alarms.forEach(alarm -> write(out, alarm));
    for (Map.Entry<String, AlarmBook.LateCount> late : book.late().entrySet()) {
      AlarmBook.LateCount count = late.getValue();
      out.text(late.getKey()).varint(count.readings());
      out.int64(count.firstMicros()).int64(count.lastMicros());
    }
  }

  static void read(RecordReader in, AlarmBook into) {
    for (long left = in.varint(); left > 0; left--) {
      into.put(alarm(in));
    }
    while (in.more()) {
      into.putLate(in.text(), new AlarmBook.LateCount(in.varint(), in.int64(), in.int64()));
    }
  }
}
