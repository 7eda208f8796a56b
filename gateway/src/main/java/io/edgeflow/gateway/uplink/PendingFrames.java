package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every frame without a verdict: places and states, no content. */
final class PendingFrames {
  private final Map<Incarnation, Long> order = new HashMap<>();
  private final Map<Lane, NavigableMap<Entry.Key, Entry>> all = new EnumMap<>(Lane.class);
  private final Map<Lane, NavigableMap<Entry.Key, Entry>> live = new EnumMap<>(Lane.class);
  private final Map<Lane, NavigableMap<Entry.Key, Entry>> backlog = new EnumMap<>(Lane.class);

  /** Offering, sent or resting: those whose time must be watched. */
  private final Set<Entry> busy = new LinkedHashSet<>();

  private int frames;
  private long bytes;
  private long inFlightBytes;
  private int inFlightFrames;

  PendingFrames() {
    for (Lane lane : Lane.values()) {
      all.put(lane, new TreeMap<>());
      live.put(lane, new TreeMap<>());
      backlog.put(lane, new TreeMap<>());
    }
  }

  /** Adds a frame that was announced; what is there already stays as it is. */
  void add(OutgoingFrame frame, boolean isLive) {
    long incarnation = order.computeIfAbsent(frame.id().incarnation(), id -> (long) order.size());
    Entry.Key key = new Entry.Key(incarnation, frame.id().number());
    Entry entry = new Entry(frame, key, isLive);
    if (of(all, frame.id().lane()).putIfAbsent(key, entry) == null) {
      frames++;
      bytes += frame.bytes();
      queue(entry).put(key, entry);
    }
  }

  /** The first frame to send of those that wait, the most urgent lane first; null if none does. */
  @Nullable Entry firstReady(boolean ofLive) {
    for (Lane lane : Lane.values()) {
      Map.Entry<Entry.Key, Entry> first = of(ofLive ? live : backlog, lane).firstEntry();
      if (first != null) {
        return first.getValue();
      }
    }
    return null;
  }

  /** Every frame in a range of numbers. */
  List<Entry> range(Incarnation incarnation, Lane lane, long from, long to) {
    Long position = order.get(incarnation);
    if (position == null) {
      return List.of();
    }
    Entry.Key first = new Entry.Key(position, from);
    Entry.Key last = new Entry.Key(position, to);
    return List.copyOf(of(all, lane).subMap(first, true, last, true).values());
  }

  @Nullable Entry find(FrameId id) {
    List<Entry> found = range(id.incarnation(), id.lane(), id.number(), id.number());
    return found.isEmpty() ? null : found.getFirst();
  }

  void move(Entry entry, Entry.State to) {
    leave(entry);
    entry.state = to;
    enter(entry);
  }

  void remove(Entry entry) {
    leave(entry);
    frames--;
    bytes -= entry.frame.bytes();
    of(all, entry.frame.id().lane()).remove(entry.key);
  }

  /** Every live frame becomes backlog: after an outage, live is what comes next. */
  void demoteLive() {
    for (Lane lane : Lane.values()) {
      of(all, lane).values().forEach(entry -> entry.live = false);
      of(backlog, lane).putAll(of(live, lane));
      of(live, lane).clear();
    }
  }

  /** A copy. */
  List<Entry> busy(Entry.State state) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : busy) {
      if (entry.state == state) {
        found.add(entry);
      }
    }
    return found;
  }

  /** When the first of the frames that are watched is due; far away if none is. */
  long nextDue(long now) {
    long wait = Long.MAX_VALUE;
    for (Entry entry : busy) {
      if (entry.state != Entry.State.OFFERING) {
        wait = Math.min(wait, entry.dueNanos - now);
      }
    }
    return wait == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, wait);
  }

  int frames() {
    return frames;
  }

  long bytes() {
    return bytes;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  int inFlightFrames() {
    return inFlightFrames;
  }

  private void leave(Entry entry) {
    if (entry.state == Entry.State.READY) {
      queue(entry).remove(entry.key);
      return;
    }
    busy.remove(entry);
    if (entry.state != Entry.State.RESTING) {
      inFlightBytes -= entry.frame.bytes();
      inFlightFrames--;
    }
  }

  private void enter(Entry entry) {
    if (entry.state == Entry.State.READY) {
      queue(entry).put(entry.key, entry);
      return;
    }
    busy.add(entry);
    if (entry.state != Entry.State.RESTING) {
      inFlightBytes += entry.frame.bytes();
      inFlightFrames++;
    }
  }

  private NavigableMap<Entry.Key, Entry> queue(Entry entry) {
    return of(entry.live ? live : backlog, entry.frame.id().lane());
  }

  private static NavigableMap<Entry.Key, Entry> of(
      Map<Lane, NavigableMap<Entry.Key, Entry>> map, Lane lane) {
    return Objects.requireNonNull(map.get(lane));
  }
}
