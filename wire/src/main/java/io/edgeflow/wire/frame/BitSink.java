package io.edgeflow.wire.frame;

/** Collects bits, high ones first, into bytes. */
final class BitSink {
  private final ByteSink into = new ByteSink();
  private int pending;
  private int held;

  /** The low {@code count} bits of a value, 0 to 64 of them. */
  void bits(long value, int count) {
    for (int left = count; left > 0; ) {
      int take = Math.min(8 - held, left);
      left -= take;
      pending = (pending << take) | (int) ((value >>> left) & ((1L << take) - 1));
      held += take;
      if (held == 8) {
        into.u8(pending);
        pending = 0;
        held = 0;
      }
    }
  }

  byte[] toBytes() {
    if (held > 0) {
      bits(0, 8 - held);
    }
    return into.toBytes();
  }
}
