package io.edgeflow.gateway.recorder;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import org.jspecify.annotations.Nullable;

/** What more than one kind of record holds. */
final class RecordParts {
  private RecordParts() {}

  static RecordWriter write(RecordWriter out, Incarnation incarnation) {
    return out.int64(incarnation.hi()).int64(incarnation.lo());
  }

  static RecordWriter write(RecordWriter out, FrameId id) {
    return write(out, id.incarnation()).u8(id.lane().code()).varint(id.number());
  }

  static Incarnation incarnation(RecordReader in) {
    return new Incarnation(in.int64(), in.int64());
  }

  static @Nullable Incarnation optional(RecordReader in) {
    return in.more() ? incarnation(in) : null;
  }

  static Lane lane(RecordReader in) {
    return Lane.ofCode(in.u8()).orElseThrow();
  }

  static FrameId frameId(RecordReader in) {
    return new FrameId(incarnation(in), lane(in), in.varint());
  }
}
