package io.edgeflow.gateway.space;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Frames that become one coarse frame, merged as they come. Owned by one thread. */
final class CoarseBin {
  private final Map<String, SeriesEntry> series = new HashMap<>();
  private final Map<Key, Window> windows = new HashMap<>();
  private final List<Run> changes = new ArrayList<>();
  private final List<FrameId> originals = new ArrayList<>();
  private long createdMicros = Long.MIN_VALUE;
  private long readings;
  private int rowsBefore;

  private record Key(String series, long startMicros, long lengthMicros) {
    static Key of(String series, Window wide) {
      return new Key(series, wide.startMicros(), wide.lengthMicros());
    }
  }

  /** A run of a state or a text, carried on as it is (W4). */
  private record Run(String series, ChangeRow row) {}

  int rows() {
    return windows.size() + changes.size();
  }

  int rowsBefore() {
    return rowsBefore;
  }

  /** How many series of the frame are here already; -1 if one is here as another kind or unit. */
  int shared(Frame frame) {
    int shared = 0;
    for (SeriesEntry entry : frame.series()) {
      SeriesEntry mine = series.get(entry.name());
      if (mine != null && !mine.equals(entry)) {
        return -1;
      }
      shared += mine == null ? 0 : 1;
    }
    return shared;
  }

  /** How many rows the frame would add. */
  int growth(Frame frame) {
    Set<Key> added = new HashSet<>();
    for (WindowRow row : frame.windows()) {
      Key key = Key.of(name(frame, row.series()), widened(row.window()));
      if (!windows.containsKey(key)) {
        added.add(key);
      }
    }
    return added.size() + frame.changes().size();
  }

  void add(Frame frame) {
    frame.series().forEach(entry -> series.put(entry.name(), entry));
    for (WindowRow row : frame.windows()) {
      Window wide = widened(row.window());
      windows.merge(Key.of(name(frame, row.series()), wide), wide, Window::merge);
    }
    for (ChangeRow row : frame.changes()) {
      changes.add(new Run(name(frame, row.series()), row));
    }
    originals.add(frame.id());
    createdMicros = Math.max(createdMicros, frame.createdMicros());
    readings = Math.addExact(readings, frame.readings());
    rowsBefore += frame.windows().size() + frame.changes().size();
  }

  private static Window widened(Window window) {
    long length = Resolution.widened(window.lengthMicros());
    return length == window.lengthMicros() ? window : window.widen(length);
  }

  private static String name(Frame frame, int series) {
    return frame.series().get(series).name();
  }

  CoarseDraft draft() {
    List<SeriesEntry> entries = new ArrayList<>(series.values());
    entries.sort(Comparator.comparing(SeriesEntry::name));
    Map<String, Integer> indexes = new HashMap<>();
    entries.forEach(entry -> indexes.put(entry.name(), indexes.size()));
    List<WindowRow> rows = new ArrayList<>(windows.size());
    windows.forEach((key, window) -> rows.add(new WindowRow(index(indexes, key.series), window)));
    rows.sort(
        Comparator.comparingInt(WindowRow::series)
            .thenComparingLong(row -> row.window().startMicros())
            .thenComparingLong(row -> row.window().lengthMicros()));
    List<FrameId> sorted = new ArrayList<>(originals);
    sorted.sort(Coarsener.ORDER);
    return new CoarseDraft(
        List.copyOf(sorted), createdMicros, readings, entries, rows, runs(indexes));
  }

  private List<ChangeRow> runs(Map<String, Integer> indexes) {
    return changes.stream()
        .map(
            run ->
                new ChangeRow(
                    index(indexes, run.series),
                    run.row.firstMicros(),
                    run.row.lastMicros(),
                    run.row.count(),
                    run.row.number(),
                    run.row.text(),
                    run.row.quality()))
        .toList();
  }

  private static int index(Map<String, Integer> indexes, String name) {
    Integer index = indexes.get(name);
    if (index == null) {
      throw new IllegalStateException("a row of a series that its frame does not name");
    }
    return index;
  }
}
