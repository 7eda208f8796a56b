package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Walks through the frames that wait, from where the page before ended. */
final class PageReader {
  private final PageRequest request;
  private final boolean oldestFirst;
  private final List<OutgoingFrame> frames = new ArrayList<>();

  private PageReader(PageRequest request) {
    this.request = request;
    this.oldestFirst = request.order() == BacklogOrder.OLDEST;
  }

  /**
   * @param incarnations oldest first
   */
  static FramePage read(
      PageRequest request, SequencedMap<Incarnation, IncarnationAccount> incarnations) {
    return new PageReader(request).read(incarnations);
  }

  private FramePage read(SequencedMap<Incarnation, IncarnationAccount> incarnations) {
    FrameId after = request.after();
    // An incarnation that is forgotten has nothing that waits, and nobody knows what came before.
    Incarnation resumed =
        after != null && incarnations.containsKey(after.incarnation()) ? after.incarnation() : null;
    boolean reached = resumed == null;
    SequencedCollection<IncarnationAccount> all = incarnations.sequencedValues();
    for (IncarnationAccount account : oldestFirst ? all : all.reversed()) {
      boolean here = account.id.equals(resumed);
      reached |= here;
      if (reached && !walk(account, here ? after : null)) {
        return new FramePage(frames, false);
      }
    }
    return new FramePage(frames, true);
  }

  /** False if the page was full before the end. */
  private boolean walk(IncarnationAccount account, @Nullable FrameId after) {
    HeldFrames held = account.lane(request.lane()).held();
    HeldFrames.Taker taker = (block, at) -> take(account, block, at);
    return oldestFirst
        ? held.pendingAbove(after == null ? 0 : after.number(), taker)
        : held.pendingBelow(after == null ? Long.MAX_VALUE : after.number(), taker);
  }

  private boolean take(IncarnationAccount account, FrameBlock block, int at) {
    if (!block.isPlaced(at)) {
      // It is announced when its record is synced.
      return true;
    }
    if (frames.size() == request.most()) {
      return false;
    }
    frames.add(account.outgoing(request.lane(), block, at));
    return true;
  }
}
