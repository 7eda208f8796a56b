package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The blocks of numbers whose windows are being merged: they must not be offered meanwhile, because
 * what was offered keeps its resolution (J7). Owned by the owner thread.
 */
final class MergeGuard {
  private static final int BLOCK = 64;

  private final Set<Block> held = new HashSet<>();

  private record Block(Incarnation incarnation, Lane lane, long index) {
    static Block of(FrameId id) {
      return new Block(id.incarnation(), id.lane(), id.number() / BLOCK);
    }
  }

  void hold(List<HeldFrame> frames) {
    frames.forEach(frame -> held.add(Block.of(frame.id())));
  }

  void release() {
    held.clear();
  }

  boolean holds(FrameId id) {
    return held.contains(Block.of(id));
  }
}
