package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.gateway.rawcapture.CaptureBook;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.gateway.rawcapture.Demand;
import io.edgeflow.gateway.rawcapture.Place;
import io.edgeflow.gateway.rawcapture.SentMemory;
import io.edgeflow.gateway.rawcapture.SentStretch;
import io.edgeflow.gateway.rawcapture.Stretch;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.FrameId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The layout of captures in records and in the checkpoint. */
final class CaptureRecords {
  private static final int BEGAN = 1;
  private static final int ENDED = 2;
  private static final int WANTED = 3;
  private static final int SENT = 4;
  private static final int DONE = 5;

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
      case CaptureChange.Wanted(Around around) -> write(out.u8(WANTED), around);
      case CaptureChange.Sent(FrameId frame, List<SentStretch> stretches) -> {
        RecordParts.write(out.u8(SENT), frame).varint(stretches.size());
        stretches.forEach(sent -> write(out, sent));
      }
      case CaptureChange.Done(String id, List<EventRow> events) -> {
        out.u8(DONE).text(id).varint(events.size());
        events.forEach(event -> PendingEvents.write(out, event));
      }
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
      case WANTED -> new CaptureChange.Wanted(around(in));
      case SENT -> new CaptureChange.Sent(RecordParts.frameId(in), list(in, CaptureRecords::sent));
      case DONE -> new CaptureChange.Done(in.text(), list(in, PendingEvents::readEvent));
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
    list(in, RecordReader::text).forEach(pattern -> series.add(new Glob(pattern)));
    return new Demand(id, series, in.int64(), in.varint(), in.text(), in.text());
  }

  static void write(RecordWriter out, Around around) {
    write(out, around.stretch());
    out.text(around.series()).int64(around.raisedMicros()).varint(around.alarms().size());
    around.alarms().forEach(out::text);
  }

  static Around around(RecordReader in) {
    return new Around(stretch(in), in.text(), in.int64(), list(in, RecordReader::text));
  }

  private static void write(RecordWriter out, SentStretch sent) {
    write(out, sent.stretch());
    out.varint(sent.upTo().record()).varint(sent.upTo().reading());
  }

  private static SentStretch sent(RecordReader in) {
    return new SentStretch(stretch(in), place(in));
  }

  private static Place place(RecordReader in) {
    return new Place(in.varint(), Math.toIntExact(in.varint()));
  }

  private static void write(RecordWriter out, Stretch stretch) {
    out.text(stretch.id()).int64(stretch.fromMicros()).int64(stretch.toMicros());
    writeRuns(out, stretch.series());
  }

  private static Stretch stretch(RecordReader in) {
    String id = in.text();
    long from = in.int64();
    long to = in.int64();
    return new Stretch(id, runs(in), from, to);
  }

  /** Series that were defined together have numbers that follow each other. */
  private static void writeRuns(RecordWriter out, BitSet numbers) {
    int from = numbers.nextSetBit(0);
    int last = 0;
    while (from >= 0) {
      int to = numbers.nextClearBit(from);
      out.varint(to - from).varint(from - last);
      last = to;
      from = numbers.nextSetBit(to);
    }
    out.varint(0);
  }

  private static BitSet runs(RecordReader in) {
    BitSet numbers = new BitSet();
    int last = 0;
    for (long length = in.varint(); length > 0; length = in.varint()) {
      int from = Math.toIntExact(last + in.varint());
      last = Math.toIntExact(from + length);
      numbers.set(from, last);
    }
    return numbers;
  }

  private static <T> List<T> list(RecordReader in, Function<RecordReader, T> one) {
    List<T> all = new ArrayList<>();
    for (long left = in.varint(); left > 0; left--) {
      all.add(one.apply(in));
    }
    return all;
  }

  static void write(RecordWriter out, CaptureBook book) {
    out.varint(book.demands().size());
    book.demands().forEach(demand -> write(out, demand));
    out.varint(book.pending().size());
    book.pending().forEach(around -> write(out, around));
    SentMemory sent = book.sent();
    out.varint(sent.floor().record()).varint(sent.floor().reading());
    out.varint(sent.stretches().size());
    sent.stretches().forEach(one -> write(out, one));
  }

  static void read(RecordReader in, CaptureBook into) {
    list(in, CaptureRecords::demand).forEach(into::put);
    list(in, CaptureRecords::around).forEach(into::put);
    Place floor = place(in);
    into.sent().restore(floor, list(in, CaptureRecords::sent));
  }
}
