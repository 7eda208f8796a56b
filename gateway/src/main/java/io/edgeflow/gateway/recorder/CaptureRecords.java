package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.rawcapture.CaptureBook;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.gateway.rawcapture.Demand;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The layout of captures in records and in the checkpoint. */
final class CaptureRecords {
  private static final int BEGAN = 1;
  private static final int ENDED = 2;

  private CaptureRecords() {}

  /** Until the record ends. */
  static void write(RecordWriter out, List<CaptureChange> changes) {
    changes.forEach(change -> write(out, change));
  }

  private static void write(RecordWriter out, CaptureChange change) {
    switch (change) {
      case CaptureChange.Began(Demand demand, EventRow event) -> {
        write(out.u8(BEGAN), demand);
        PendingEvents.write(out, event);
      }
      case CaptureChange.Ended(String id, EventRow event) ->
          PendingEvents.write(out.u8(ENDED).text(id), event);
    }
  }

  static void read(RecordReader in, Consumer<CaptureChange> each) {
    while (in.more()) {
      each.accept(change(in));
    }
  }

  private static CaptureChange change(RecordReader in) {
    int kind = in.u8();
    return switch (kind) {
      case BEGAN -> new CaptureChange.Began(demand(in), PendingEvents.readEvent(in));
      case ENDED -> new CaptureChange.Ended(in.text(), PendingEvents.readEvent(in));
      default ->
          throw new IllegalStateException("a change of captures of an unknown kind: " + kind);
    };
  }

  private static void write(RecordWriter out, Demand demand) {
    out.text(demand.id()).varint(demand.series().size());
    demand.series().forEach(pattern -> out.text(pattern.pattern()));
    out.int64(demand.untilMicros()).varint(demand.lengthMicros());
    out.text(demand.who()).text(demand.why());
  }

  private static Demand demand(RecordReader in) {
    String id = in.text();
    List<Glob> series = new ArrayList<>();
    for (long left = in.varint(); left > 0; left--) {
      series.add(new Glob(in.text()));
    }
    return new Demand(id, series, in.int64(), in.varint(), in.text(), in.text());
  }

  static void write(RecordWriter out, CaptureBook book) {
    out.varint(book.demands().size());
    book.demands().forEach(demand -> write(out, demand));
  }

  static void read(RecordReader in, CaptureBook into) {
    for (long left = in.varint(); left > 0; left--) {
      into.put(demand(in));
    }
  }
}
