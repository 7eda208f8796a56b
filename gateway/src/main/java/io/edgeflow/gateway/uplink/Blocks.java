package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.HashSet;
import java.util.Set;

/**
 * Which aligned blocks of 64 numbers are journaled as offered (J7), as far as this process asked.
 */
final class Blocks {
  private static final int SIZE = 64;

  record Block(Incarnation incarnation, Lane lane, long index) {}

  private final Set<Block> offered = new HashSet<>();
  private final Set<Block> asked = new HashSet<>();

  static Block of(FrameId id) {
    return new Block(id.incarnation(), id.lane(), id.number() / SIZE);
  }

  boolean isOffered(FrameId id) {
    return offered.contains(of(id));
  }

  /** True if the caller is the first to ask, and so must see to it. */
  boolean ask(FrameId id) {
    return asked.add(of(id));
  }

  void offered(FrameId id) {
    asked.remove(of(id));
    offered.add(of(id));
  }

  void failed(FrameId id) {
    asked.remove(of(id));
  }
}
