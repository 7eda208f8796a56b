package io.edgeflow.lab.torn;

import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cloud has of an edge: each number once, whatever comes again under it. Guarded by whoever
 * owns it.
 */
final class Shelf {
  /** A series and a stretch of time as long as the longest window that any life of it has. */
  record Place(String series, long startMicros) implements Comparable<Place> {
    private static final long LENGTH_MICROS = 2_000_000;

    Place {
      startMicros = startMicros / LENGTH_MICROS * LENGTH_MICROS;
    }

    @Override
    public int compareTo(Place other) {
      int byName = series.compareTo(other.series);
      return byName != 0 ? byName : Long.compare(startMicros, other.startMicros);
    }
  }

  private final Map<FrameId, Integer> identities = new HashMap<>();
  private final Map<FrameId, Long> carried = new HashMap<>();
  private final TreeMap<Place, Long> readings = new TreeMap<>();
  private final List<EventRow> events = new ArrayList<>();

  Shelf() {}

  /** An equal one that goes its own way. */
  Shelf copy() {
    Shelf copy = new Shelf();
    copy.identities.putAll(identities);
    copy.carried.putAll(carried);
    copy.readings.putAll(readings);
    copy.events.addAll(events);
    return copy;
  }

  /**
   * @param identity of the frame's content
   * @return false if the number is taken by other content, which stays
   */
  boolean take(Frame frame, int identity) {
    Integer known = identities.putIfAbsent(frame.id(), identity);
    if (known != null) {
      return known == identity;
    }
    carried.put(frame.id(), frame.readings());
    for (WindowRow row : frame.windows()) {
      add(name(frame, row.series()), row.window().startMicros(), row.window().count());
    }
    for (ChangeRow row : frame.changes()) {
      add(name(frame, row.series()), row.firstMicros(), row.count());
    }
    events.addAll(frame.events());
    return true;
  }

  private static String name(Frame frame, int series) {
    return frame.series().get(series).name();
  }

  private void add(String series, long startMicros, long count) {
    readings.merge(new Place(series, startMicros), count, Long::sum);
  }

  Map<FrameId, Long> carried() {
    return Map.copyOf(carried);
  }

  /** Readings that came in frames of a lane. */
  long carried(Lane lane) {
    return carried.entrySet().stream()
        .filter(entry -> entry.getKey().lane() == lane)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long frames(Lane lane) {
    return carried.keySet().stream().filter(id -> id.lane() == lane).count();
  }

  SortedMap<Place, Long> readings() {
    return new TreeMap<>(readings);
  }

  /** Since an earlier copy had so many. */
  List<EventRow> eventsSince(int before) {
    return List.copyOf(events.subList(before, events.size()));
  }

  int events() {
    return events.size();
  }
}
