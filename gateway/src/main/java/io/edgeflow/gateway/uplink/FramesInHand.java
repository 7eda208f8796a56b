package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The frames without a verdict that the uplink deals with now: places and states, no content. All
 * others wait in the outbox.
 *
 * <p>Of each lane it takes no more than its limits say, so memory stays flat however long the link
 * was down. Not thread-safe.
 */
final class FramesInHand {
  private static final Comparator<Entry> BY_TURN = (a, b) -> Long.compare(a.turn, b.turn);

  /** As {@link System#nanoTime} asks for: differences, not values, are compared. */
  private static final Comparator<Entry> BY_TIME =
      (a, b) -> {
        int order = Long.signum(a.dueNanos - b.dueNanos);
        return order != 0 ? order : BY_TURN.compare(a, b);
      };

  private final HandLimits limits;
  private final Map<Lane, LaneIndex> index = new EnumMap<>(Lane.class);
  private final Map<Lane, NavigableSet<Entry>> live = new EnumMap<>(Lane.class);
  private final Map<Lane, NavigableSet<Entry>> backlog = new EnumMap<>(Lane.class);
  private final NavigableSet<Entry> timed = new TreeSet<>(BY_TIME);
  private final NavigableSet<Entry> offering = new TreeSet<>(BY_TURN);

  /** Live ones, but for those that the cloud asked to come later. */
  private final NavigableSet<Entry> awaited = new TreeSet<>(BY_TURN);

  private long turns;
  private int frames;
  private long inFlightBytes;
  private int inFlightFrames;
  private long backlogInFlightBytes;
  private int newsInFlight;

  FramesInHand(HandLimits limits) {
    this.limits = limits;
    for (Lane lane : Lane.values()) {
      index.put(lane, new LaneIndex());
      live.put(lane, new TreeSet<>(BY_TURN));
      backlog.put(lane, new TreeSet<>(BY_TURN));
    }
  }

  /** How many more live or other frames of a lane there is room for. */
  int room(Lane lane, boolean ofLive) {
    LaneIndex of = of(index, lane);
    if (of.resting >= limits.resting()) {
      return 0;
    }
    return Math.max(0, ofLive ? limits.live() - of.live : limits.backlog() - of.backlog);
  }

  /** Adds a frame, last in turn; what is there already stays as it is. */
  void add(OutgoingFrame frame, boolean isLive) {
    Entry entry = new Entry(frame, isLive, turns++);
    if (of(index, frame.id().lane()).add(entry)) {
      frames++;
      count(entry, 1);
      queue(entry).add(entry);
      if (isLive) {
        awaited.add(entry);
      }
    }
  }

  /** The first in turn of those that are ready; null if none is. */
  @Nullable Entry firstReady(Lane lane, boolean ofLive) {
    NavigableSet<Entry> ready = of(ofLive ? live : backlog, lane);
    return ready.isEmpty() ? null : ready.first();
  }

  /** Every frame in a range of numbers; a copy. */
  List<Entry> range(Incarnation incarnation, Lane lane, long from, long to) {
    return of(index, lane).range(incarnation, from, to);
  }

  @Nullable Entry find(FrameId id) {
    List<Entry> found = range(id.incarnation(), id.lane(), id.number(), id.number());
    return found.isEmpty() ? null : found.getFirst();
  }

  /** For every state that waits for no time. */
  void move(Entry entry, Entry.State to) {
    move(entry, to, entry.dueNanos);
  }

  void move(Entry entry, Entry.State to, long dueNanos) {
    leave(entry);
    entry.state = to;
    entry.dueNanos = dueNanos;
    enter(entry);
  }

  /** Ready again, behind all others. */
  void moveLast(Entry entry) {
    leave(entry);
    entry.state = Entry.State.READY;
    entry.turn = turns++;
    enter(entry);
  }

  void remove(Entry entry) {
    leave(entry);
    frames--;
    of(index, entry.frame.id().lane()).remove(entry);
  }

  /**
   * After an outage live is what comes next, and pages must find what is most wanted then: so what
   * was not sent is left to the outbox, and what was is backlog, as far as there is room for it.
   */
  void release() {
    for (Lane lane : Lane.values()) {
      List.copyOf(of(live, lane)).forEach(this::remove);
      List.copyOf(of(backlog, lane)).forEach(this::remove);
    }
    List.copyOf(offering).forEach(this::remove);
    for (Entry entry : List.copyOf(timed)) {
      Lane lane = entry.frame.id().lane();
      if (entry.live && entry.state == Entry.State.SENT && room(lane, false) == 0) {
        remove(entry);
      } else {
        demote(entry);
      }
    }
  }

  private void demote(Entry entry) {
    leave(entry);
    entry.live = false;
    if (entry.state == Entry.State.SENT) {
      entry.state = Entry.State.READY;
    }
    enter(entry);
  }

  List<Entry> offering() {
    return new ArrayList<>(offering);
  }

  List<Entry> sent() {
    return timed.stream().filter(entry -> entry.state == Entry.State.SENT).toList();
  }

  /** The first whose time has come; null if none has. */
  @Nullable Entry due(long now) {
    return !timed.isEmpty() && timed.first().dueNanos - now <= 0 ? timed.first() : null;
  }

  /** When the first of the frames that are watched is due; far away if none is. */
  long nextDue(long now) {
    return timed.isEmpty() ? Long.MAX_VALUE : Math.max(0, timed.first().dueNanos - now);
  }

  int frames() {
    return frames;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  int inFlightFrames() {
    return inFlightFrames;
  }

  /** Of those that are not live. */
  long backlogInFlightBytes() {
    return backlogInFlightBytes;
  }

  /** Of live events and windows, how many frames. */
  int newsInFlight() {
    return newsInFlight;
  }

  /** Names the live frame that waits for a verdict longest. */
  long oldestLive() {
    return awaited.isEmpty() ? UplinkStatus.NONE : awaited.first().turn;
  }

  private void leave(Entry entry) {
    awaited.remove(entry);
    count(entry, -1);
    countInFlight(entry, -1);
    switch (entry.state) {
      case READY -> queue(entry).remove(entry);
      case OFFERING -> offering.remove(entry);
      case SENT, RESTING -> timed.remove(entry);
    }
  }

  private void enter(Entry entry) {
    count(entry, 1);
    countInFlight(entry, 1);
    switch (entry.state) {
      case READY -> queue(entry).add(entry);
      case OFFERING -> offering.add(entry);
      case SENT, RESTING -> timed.add(entry);
    }
    if (entry.live && entry.state != Entry.State.RESTING) {
      awaited.add(entry);
    }
  }

  private void countInFlight(Entry entry, int change) {
    if (entry.inFlight()) {
      inFlightFrames += change;
      newsInFlight += entry.isNews() ? change : 0;
      inFlightBytes += (long) change * entry.frame.bytes();
      backlogInFlightBytes += entry.live ? 0 : (long) change * entry.frame.bytes();
    }
  }

  private void count(Entry entry, int change) {
    LaneIndex of = of(index, entry.frame.id().lane());
    if (entry.state == Entry.State.RESTING) {
      of.resting += change;
    } else if (entry.live) {
      of.live += change;
    } else {
      of.backlog += change;
    }
  }

  private NavigableSet<Entry> queue(Entry entry) {
    return of(entry.live ? live : backlog, entry.frame.id().lane());
  }

  private static <T> T of(Map<Lane, T> map, Lane lane) {
    return Objects.requireNonNull(map.get(lane));
  }
}
