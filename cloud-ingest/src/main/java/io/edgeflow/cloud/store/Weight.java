package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.FrameCodec;

/** What unpacked messages take of the memory, counted in rows of a frame. */
final class Weight {
  /** A decoded row takes no more. */
  static final int ROW_BYTES = 300;

  /** Rows of a frame that may wait for room unpacked, one for each writer. */
  static final long SMALL = 8_000;

  private static final long HELLO_BYTES = 4096;
  private static final long HELD_BYTES = 96;

  private Weight() {}

  /** Rows; where texts or the packed bytes take more than rows do, as many rows as take that. */
  static long of(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Good good -> {
        int content = FrameCodec.header(good.bytes()).orElseThrow().contentBytes();
        long rows = good.frame().rows() + good.frame().series().size() + 1L;
        yield Math.max(rows, ((long) content + good.bytes().length) / ROW_BYTES);
      }
      case Arrival.Poison poison -> 1 + poison.bytes().length / ROW_BYTES;
    };
  }

  /** Bytes. */
  static long of(Hello hello) {
    long held = 0;
    for (HeldIncarnation incarnation : hello.incarnations()) {
      held += 1 + incarnation.lanes().size();
      for (HeldLane lane : incarnation.lanes()) {
        held += lane.fates().size();
      }
    }
    long labels =
        hello.labels().entrySet().stream()
            .mapToLong(label -> label.getKey().length() + label.getValue().length())
            .sum();
    return HELLO_BYTES + 2 * labels + HELD_BYTES * held;
  }
}
