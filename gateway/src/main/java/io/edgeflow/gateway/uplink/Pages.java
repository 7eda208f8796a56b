package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Brings frames that wait from the outbox into memory, a page at a time, where there is room. */
final class Pages {
  private final FramesInHand held;
  private final BacklogOrder order;
  private final int leastPage;
  private final Consumer<Action> actions;
  private final Map<Lane, Sweep> sweeps = new EnumMap<>(Lane.class);

  Pages(FramesInHand held, HandLimits limits, BacklogOrder order, Consumer<Action> actions) {
    this.held = held;
    this.leastPage = limits.leastPage();
    this.order = order;
    this.actions = actions;
    for (Lane lane : Lane.values()) {
      sweeps.put(lane, new Sweep());
    }
  }

  /** Holds a frame that was numbered just now, if there is room. */
  void arrived(OutgoingFrame frame, boolean live) {
    Lane lane = frame.id().lane();
    if (live && held.room(lane, true) > 0) {
      held.add(frame, true);
    } else {
      of(lane).leftBehind();
    }
  }

  /** Asks for what there is room for. */
  void ask(boolean backlogWaits) {
    for (Lane lane : Lane.values()) {
      Sweep sweep = of(lane);
      int room = held.room(lane, false);
      if (sweep.wantsPage() && room >= leastPage && (lane == Lane.EVENT || !backlogWaits)) {
        sweep.asked();
        PageRequest request = new PageRequest(lane, order, sweep.after(), room);
        actions.accept(new Action.Page(request, sweep.generation()));
      }
    }
  }

  void read(Lane lane, long generation, FramePage page) {
    of(lane).read(generation, page).forEach(frame -> held.add(frame, false));
  }

  /** These wait no more. */
  void judged(Incarnation incarnation, Lane lane, long from, long to) {
    of(lane).judged(incarnation, from, to);
  }

  /** A frame of this lane waits, perhaps, and is not held. */
  void leftBehind(Lane lane) {
    of(lane).leftBehind();
  }

  /** Frames of this lane wait that did not when they were passed. */
  void reopened(Lane lane) {
    of(lane).restart();
  }

  void restart() {
    sweeps.values().forEach(Sweep::restart);
  }

  /** Every frame that waits for a verdict is held. */
  boolean complete() {
    return sweeps.values().stream().allMatch(Sweep::complete);
  }

  private Sweep of(Lane lane) {
    return Objects.requireNonNull(sweeps.get(lane));
  }
}
