package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which aligned blocks of 64 numbers are journaled as offered (J7), as far as this process asked
 * and remembers: to ask again does no harm.
 */
final class Blocks {
  /** More than the frames that are held can lie in, if they are neighbours. */
  static final int REMEMBERED = 1024;

  private static final int SIZE = 64;

  record Block(Incarnation incarnation, Lane lane, long index) {}

  private final Map<Block, Boolean> offered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Block, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Set<Block> asked = new HashSet<>();

  static Block of(FrameId id) {
    return new Block(id.incarnation(), id.lane(), id.number() / SIZE);
  }

  boolean isOffered(FrameId id) {
    return offered.get(of(id)) != null;
  }

  /** True if the caller is the first to ask, and so must see to it. */
  boolean ask(FrameId id) {
    return asked.add(of(id));
  }

  void offered(FrameId id) {
    asked.remove(of(id));
    offered.put(of(id), true);
  }

  void failed(FrameId id) {
    asked.remove(of(id));
  }
}
