package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.SealedFrame;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.Grain;
import io.edgeflow.gateway.outbox.NewFrame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.List;

/**
 * The layout of a SEALED record: the file, the lane, then groups of frames of one incarnation, each
 * as its difference to the one before. It says everything of a frame that the ledger must know, so
 * that frames are found again even where damage took their own records.
 */
final class SealedRecord {
  private SealedRecord() {}

  /** Receives the frames of a record. */
  interface Sink {
    void found(NewFrame frame, FramePlace place);
  }

  /**
   * @param frames of one lane, sorted by incarnation and number
   */
  static void write(RecordWriter out, long file, List<SealedFrame> frames) {
    out.varint(file).u8(frames.getFirst().id().lane().code());
    int from = 0;
    while (from < frames.size()) {
      Incarnation incarnation = frames.get(from).id().incarnation();
      int to = from;
      while (to < frames.size() && frames.get(to).id().incarnation().equals(incarnation)) {
        to++;
      }
      RecordParts.write(out, incarnation).varint(to - from);
      group(out, frames.subList(from, to));
      from = to;
    }
  }

  private static void group(RecordWriter out, List<SealedFrame> frames) {
    long number = 0;
    long created = 0;
    long total = 0;
    for (SealedFrame frame : frames) {
      out.varint(frame.id().number() - number).zigzag(frame.createdMicros() - created);
      out.varint(frame.bytes()).varint(frame.readings()).zigzag(frame.runningTotal() - total);
      number = frame.id().number();
      created = frame.createdMicros();
      total = frame.runningTotal();
    }
  }

  static void read(RecordReader in, Sink sink) {
    FramePlace place = new FramePlace.InFile(in.varint());
    Lane lane = RecordParts.lane(in);
    while (in.more()) {
      Incarnation incarnation = RecordParts.incarnation(in);
      long number = 0;
      long created = 0;
      long total = 0;
      for (long left = in.varint(); left > 0; left--) {
        number += in.varint();
        created += in.zigzag();
        int bytes = Math.toIntExact(in.varint());
        long readings = in.varint();
        total += in.zigzag();
        FrameId id = new FrameId(incarnation, lane, number);
        sink.found(new NewFrame(id, created, bytes, readings, total, Grain.FIXED), place);
      }
    }
  }

  /** What the ledger learns of a frame that it may never have heard of. */
  static NewFrame unknown(SealedFrame frame) {
    return new NewFrame(
        frame.id(),
        frame.createdMicros(),
        frame.bytes(),
        frame.readings(),
        frame.runningTotal(),
        Grain.FIXED);
  }

  /** The same, of a CARRIED record, which is nothing but the frame. */
  static NewFrame unknown(byte[] frame) {
    FrameHeader header =
        FrameCodec.header(frame)
            .orElseThrow(() -> new IllegalStateException("a record that should be a frame"));
    return new NewFrame(
        header.id(),
        header.createdMicros(),
        frame.length,
        header.readings(),
        header.runningTotal(),
        Grain.FIXED);
  }
}
