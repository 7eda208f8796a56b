package io.edgeflow.wire.frame;

import java.util.List;

/**
 * A block of records of one lane: numbered, sent, stored and acknowledged as a whole, and immutable
 * once numbered. It names every series it speaks of, so that no frame needs another one (L1). What
 * a frame must satisfy to be encoded is in {@link FrameRules}.
 *
 * @param edge the name of the edge
 * @param createdMicros when it was numbered, microseconds since the epoch; not part of its identity
 * @param readings how many accepted readings its windows, changes or raw rows stand for
 * @param runningTotal readings of frames 1 to this one of the same incarnation and lane
 * @param series smallest on the wire when sorted by name
 * @param windows smallest on the wire when sorted by series, then start
 * @param replaces what a coarse frame stands for; empty for every other frame
 */
public record Frame(
    String edge,
    FrameId id,
    long createdMicros,
    long readings,
    long runningTotal,
    List<SeriesEntry> series,
    List<WindowRow> windows,
    List<ChangeRow> changes,
    List<RawRow> raw,
    List<EventRow> events,
    List<Replaced> replaces) {
  public Frame {
    series = List.copyOf(series);
    windows = List.copyOf(windows);
    changes = List.copyOf(changes);
    raw = List.copyOf(raw);
    events = List.copyOf(events);
    replaces = List.copyOf(replaces);
  }

  /** Rows of every section together. */
  public int rows() {
    return windows.size() + changes.size() + raw.size() + events.size() + replaces.size();
  }
}
