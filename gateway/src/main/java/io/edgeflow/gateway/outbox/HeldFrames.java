package io.edgeflow.gateway.outbox;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one lane whose bytes are still here, by number, in blocks of 64; a block of which
 * nothing is held takes no memory. About 36 bytes a frame in all: "memory stays flat" means this
 * bound, 36 MB for a million frames. Owned by the owner thread.
 */
final class HeldFrames {
  private final TreeMap<Long, FrameBlock> blocks = new TreeMap<>();

  /** Called for each held number, ascending. The frame may be changed or removed meanwhile. */
  interface Visitor {
    void frame(long number, FrameBlock block, int at);
  }

  /** Called for one number after another, until it has had enough and says false. */
  interface Taker {
    boolean frame(FrameBlock block, int at);
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  long count() {
    long count = 0;
    for (FrameBlock block : blocks.values()) {
      count += block.held();
    }
    return count;
  }

  /** The lowest held number that is not below this one; -1 if there is none. */
  long atOrAbove(long number) {
    for (FrameBlock block : blocks.tailMap(number / FrameBlock.SIZE, true).values()) {
      for (int at = 0; at < block.end(); at++) {
        if (block.isHeld(at) && block.number(at) >= number) {
          return block.number(at);
        }
      }
    }
    return -1;
  }

  /** The block of a number that is held; null if it is not. */
  @Nullable FrameBlock blockOf(long number) {
    FrameBlock block = blocks.get(number / FrameBlock.SIZE);
    return block != null && block.isHeld(FrameBlock.at(number)) ? block : null;
  }

  /** Adds a number that is not held; it is pending and has no place yet. */
  FrameBlock add(long number, long createdMicros, int bytes, long readings, Grain grain) {
    FrameBlock block =
        blocks.computeIfAbsent(number / FrameBlock.SIZE, index -> new FrameBlock(number));
    block.add(FrameBlock.at(number), createdMicros, bytes, readings, grain);
    return block;
  }

  /** Visits the held numbers of a range; both ends are included. */
  void visit(long from, long to, Visitor visitor) {
    if (from > to) {
      return;
    }
    Map<Long, FrameBlock> range =
        blocks.subMap(from / FrameBlock.SIZE, true, to / FrameBlock.SIZE, true);
    for (Iterator<FrameBlock> it = range.values().iterator(); it.hasNext(); ) {
      FrameBlock block = it.next();
      for (int at = 0; at < block.end(); at++) {
        long number = block.number(at);
        if (block.isHeld(at) && number >= from && number <= to) {
          visitor.frame(number, block, at);
        }
      }
      if (block.isEmpty()) {
        it.remove();
      }
    }
  }

  void visitAll(Visitor visitor) {
    visit(0, Long.MAX_VALUE, visitor);
  }

  /** When the oldest pending frame was created; {@link Long#MAX_VALUE} if none is pending. */
  long oldestPendingMicros() {
    long oldest = Long.MAX_VALUE;
    for (FrameBlock block : blocks.values()) {
      oldest = Math.min(oldest, block.oldestPendingMicros());
    }
    return oldest;
  }

  /**
   * Gives the pending numbers above this one, ascending; nothing may change meanwhile. False if the
   * taker ended it.
   */
  boolean pendingAbove(long number, Taker taker) {
    long from = number + 1;
    for (FrameBlock block : blocks.tailMap(from / FrameBlock.SIZE, true).values()) {
      for (int at = 0; block.hasPending() && at < block.end(); at++) {
        if (block.number(at) >= from && waits(block, at) && !taker.frame(block, at)) {
          return false;
        }
      }
    }
    return true;
  }

  /** As {@link #pendingAbove}, for the numbers below this one, descending. */
  boolean pendingBelow(long number, Taker taker) {
    Map<Long, FrameBlock> below = blocks.headMap(number / FrameBlock.SIZE, true).descendingMap();
    for (FrameBlock block : below.values()) {
      for (int at = block.end() - 1; block.hasPending() && at >= 0; at--) {
        if (block.number(at) < number && waits(block, at) && !taker.frame(block, at)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean waits(FrameBlock block, int at) {
    return block.isHeld(at) && block.isPending(at);
  }
}
