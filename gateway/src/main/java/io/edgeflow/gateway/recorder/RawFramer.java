package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.outbox.FrameLedger.NextNumber;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts single readings into frames of the raw lane. A frame takes the oldest rows, as many as fit,
 * and depends on nothing else (J4). Owned by the owner thread.
 */
final class RawFramer {
  /** As many as fill a frame of numbers that do not compress. */
  static final int ROWS = 8192;

  private static final int MOST_UTF8_BYTES = 3;

  /** Texts that surely fit into a frame, however badly they compress. */
  static final int TEXT_CHARS = FrameCodec.MAX_FRAME_BYTES / 4 / MOST_UTF8_BYTES;

  private final EdgeState state;
  private final String edge;

  RawFramer(EdgeState state, String edge) {
    this.state = state;
    this.edge = edge;
  }

  /** There is enough for a frame. */
  static boolean isFull(RawRows rows) {
    return rows.size() >= ROWS || rows.textChars() >= TEXT_CHARS;
  }

  /** Hands the sink the frame of the oldest rows, at least one. Says how many; drops none. */
  int cut(RawRows rows, long createdMicros, Framer.Sink sink) {
    return cut(rows, fitting(rows), createdMicros, sink);
  }

  private int cut(RawRows rows, int count, long createdMicros, Framer.Sink sink) {
    Frame frame = frame(rows, count, createdMicros);
    byte[] encoded = FrameCodec.encode(frame);
    if (encoded.length > 2 * FrameCodec.TARGET_FRAME_BYTES && count > 1) {
      return cut(rows, count / 2, createdMicros, sink);
    }
    sink.append(frame, encoded);
    return count;
  }

  private static int fitting(RawRows rows) {
    int most = Math.min(ROWS, rows.size());
    long chars = 0;
    for (int row = 0; row < most; row++) {
      String text = rows.text(row);
      chars += text == null ? 0 : text.length();
      if (chars > TEXT_CHARS && row > 0) {
        return row;
      }
    }
    return most;
  }

  private Frame frame(RawRows rows, int count, long createdMicros) {
    Dictionary dictionary = new Dictionary(state.series);
    List<RawRow> raw = new ArrayList<>(count);
    for (int row : byName(rows, count)) {
      raw.add(
          new RawRow(
              dictionary.index(rows.series(row)),
              rows.micros(row),
              rows.number(row),
              rows.text(row),
              rows.quality(row)));
    }
    NextNumber next = state.frames.next(Lane.RAW);
    return new Frame(
        edge,
        next.id(),
        createdMicros,
        count,
        next.totalBefore() + count,
        dictionary.entries(),
        List.of(),
        List.of(),
        raw,
        List.of(),
        List.of());
  }

  /** Each series by itself, smallest on the wire; within it as they came. */
  private List<Integer> byName(RawRows rows, int count) {
    List<Integer> order = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      order.add(row);
    }
    order.sort(Comparator.comparing(row -> state.series.get(rows.series(row)).name()));
    return order;
  }
}
