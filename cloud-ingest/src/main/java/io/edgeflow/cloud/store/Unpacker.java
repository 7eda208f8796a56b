package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import java.util.Locale;
import java.util.Optional;

/** Bytes to arrivals. Any thread. */
final class Unpacker {
  /** What bytes turned out to be. */
  sealed interface Unpacked {
    record Judgeable(Arrival arrival) implements Unpacked {}

    /**
     * Nothing that a verdict could name: damaged, of a future version, or another edge's.
     *
     * @param reason one of a fixed vocabulary
     */
    record Unreadable(String reason) implements Unpacked {}
  }

  private Unpacker() {}

  /**
   * @param edge in whose name they came
   */
  static Unpacked unpack(String edge, byte[] bytes) {
    return switch (FrameCodec.decode(bytes)) {
      case Decoded.Accepted accepted -> accepted(edge, accepted, bytes);
      case Decoded.Refused refused -> refused(edge, refused, bytes);
    };
  }

  private static Unpacked accepted(String edge, Decoded.Accepted accepted, byte[] bytes) {
    Arrival.Good good = new Arrival.Good(accepted.frame(), accepted.identity(), bytes);
    boolean countable =
        good.frame().replaces().stream().allMatch(replaced -> replaced.to() <= Numbers.MAX);
    return checked(
        edge, countable ? good : good.refused("malformed", "it replaces impossible numbers"));
  }

  private static Unpacked refused(String edge, Decoded.Refused refused, byte[] bytes) {
    String reason = refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    Optional<FrameHeader> header = FrameCodec.header(bytes);
    if (header.isEmpty() || header.get().readings() < 0 || header.get().runningTotal() < 0) {
      return new Unpacked.Unreadable(reason);
    }
    return checked(edge, new Arrival.Poison(header.get(), reason, refused.detail(), bytes));
  }

  private static Unpacked checked(String edge, Arrival arrival) {
    if (!arrival.edge().equals(edge)) {
      return new Unpacked.Unreadable("another-edge");
    }
    if (arrival.id().number() > Numbers.MAX) {
      return new Unpacked.Unreadable("number-too-great");
    }
    return new Unpacked.Judgeable(arrival);
  }
}
