package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.gateway.outbox.SentFrames;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What the owner thread of an edge knows: every frame it made, and what became of it. */
final class SimulatedLedger {
  private final Map<Lane, TreeMap<Long, OutgoingFrame>> made = new EnumMap<>(Lane.class);
  private final Map<Lane, RangeSet> settled = new EnumMap<>(Lane.class);
  private final WaitingFrames waiting = new WaitingFrames();
  private final Set<Blocks.Block> offered = new HashSet<>();
  private final SentFrames sent = new SentFrames();
  final Set<FrameId> coarsened = new HashSet<>();

  /** What the cloud committed with other content than ours. */
  final Set<FrameId> inConflict = new HashSet<>();

  SimulatedLedger() {
    for (Lane lane : Lane.values()) {
      made.put(lane, new TreeMap<>());
      settled.put(lane, new RangeSet());
    }
  }

  OutgoingFrame make(Lane lane, int bytes) {
    OutgoingFrame frame = Sample.frame(lane, of(made, lane).size() + 1L, bytes);
    of(made, lane).put(frame.id().number(), frame);
    waiting.add(frame);
    return frame;
  }

  Set<Long> numbers(Lane lane) {
    return of(made, lane).keySet();
  }

  int waiting() {
    return waiting.size();
  }

  boolean waits(FrameId id) {
    return waiting.contains(id);
  }

  FramePage page(PageRequest request) {
    return waiting.page(request);
  }

  void offer(FrameId anyOfBlock) {
    offered.add(Blocks.of(anyOfBlock));
  }

  boolean isOffered(FrameId id) {
    return offered.contains(Blocks.of(id));
  }

  /** Its bytes were handed to the link. */
  void sent(FrameId id) {
    sent.add(id);
  }

  /** Of what was sent; answers the lanes of which something waits on that was named (J4). */
  Set<Lane> settle(Acknowledgement ack) {
    Set<Lane> unsent = EnumSet.noneOf(Lane.class);
    for (IncarnationVerdicts incarnation : ack.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.resolved()) {
          if (range.verdict() != Verdict.LATER) {
            settle(lane.lane(), range, unsent);
          }
        }
      }
    }
    return unsent;
  }

  private void settle(Lane lane, VerdictRange range, Set<Lane> unsent) {
    for (OutgoingFrame frame :
        of(made, lane).subMap(range.from(), true, range.to(), true).values()) {
      FrameId id = frame.id();
      if (sent.contains(id.incarnation(), lane, id.number())) {
        of(settled, lane).add(id.number());
        waiting.remove(lane, id.number(), id.number());
        if (range.verdict() == Verdict.CONFLICT) {
          inConflict.add(id);
        }
      } else if (waiting.contains(id)) {
        unsent.add(lane);
      }
    }
  }

  /** The bytes of every frame are still held, so whatever the cloud lacks waits again (L3). */
  Set<Lane> reconcile(Acknowledgement full) {
    Set<Lane> reopened = EnumSet.noneOf(Lane.class);
    for (LaneVerdicts lane : full.incarnations().getFirst().lanes()) {
      RangeSet known = new RangeSet();
      lane.ranges().forEach(range -> known.add(range.from(), range.to()));
      for (OutgoingFrame frame : of(made, lane.lane()).values()) {
        long number = frame.id().number();
        if (of(settled, lane.lane()).contains(number)
            && !known.contains(number)
            && !inConflict.contains(frame.id())
            && !coarsened.contains(frame.id())) {
          of(settled, lane.lane()).remove(number, number);
          sent.remove(frame.id());
          waiting.add(frame);
          reopened.add(lane.lane());
        }
      }
    }
    return reopened;
  }

  /** A frame that was never offered is merged into another one (J7). */
  Optional<FrameId> coarsen(Random random) {
    Lane lane = Lane.ofCode(random.nextInt(3)).orElseThrow();
    List<FrameId> may =
        of(made, lane).values().stream()
            .map(OutgoingFrame::id)
            .filter(id -> waiting.contains(id) && !isOffered(id))
            .toList();
    if (may.isEmpty()) {
      return Optional.empty();
    }
    FrameId chosen = may.get(random.nextInt(may.size()));
    coarsened.add(chosen);
    waiting.remove(lane, chosen.number(), chosen.number());
    of(settled, lane).add(chosen.number());
    return Optional.of(chosen);
  }

  private static <T> T of(Map<Lane, T> map, Lane lane) {
    return Objects.requireNonNull(map.get(lane));
  }
}
