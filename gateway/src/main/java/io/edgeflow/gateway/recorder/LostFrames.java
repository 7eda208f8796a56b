package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Windows whose frame was numbered, perhaps delivered, and whose record was damaged since (J2).
 * They are still open when that shows, and must not get another number: under their old one the
 * cloud tells whether it has them. Owned by the owner thread.
 */
final class LostFrames {
  /** One open window that was in a frame. */
  record Row(int series, Window window) {}

  /** What the lost frames of an incarnation held, as far as it is known. */
  record Lost(Incarnation incarnation, List<Row> rows) {
    long readings() {
      return LostFrames.readings(rows);
    }
  }

  private final List<Lost> all = new ArrayList<>();

  /** Readings of frames that lie elsewhere after all: sealed, carried on, or derived before. */
  private final Map<Incarnation, Long> found = new HashMap<>();

  private long doubtful;

  /** The journal holds one of the lost frames in another place. */
  void found(Incarnation incarnation, long readings) {
    found.merge(incarnation, readings, Long::sum);
  }

  /**
   * Whether the windows of a lost frame are in one that was found. Where sums do not tell, they
   * are: what is lost is named, and nothing is counted twice.
   */
  boolean covers(Incarnation incarnation, long readings) {
    long left = found.getOrDefault(incarnation, 0L);
    if (left == 0) {
      return false;
    }
    doubtful += Math.max(0, readings - left);
    found.put(incarnation, Math.max(0, left - readings));
    return true;
  }

  /** Readings of which it is unknown whether a found frame holds them. */
  long doubtful() {
    return doubtful;
  }

  void clear() {
    all.clear();
    found.clear();
  }

  static long readings(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.window().count()).sum();
  }

  List<Lost> all() {
    return List.copyOf(all);
  }

  /**
   * The incarnation is sealed: everything it had open was numbered before.
   *
   * @return how many readings were still open
   */
  long sealed(Incarnation incarnation, Windower windows) {
    List<Row> rows = new ArrayList<>();
    windows.all((series, start) -> rows.add(new Row(series, windows.peek(series, start))));
    return take(incarnation, rows, windows);
  }

  /**
   * A frame's total tells how many readings were in frames before it that are lost. Frames take the
   * oldest windows first, so these are looked for from the oldest on; where no number of whole
   * starts fits, nothing is taken.
   *
   * @return how many readings were found
   */
  long skipped(Incarnation incarnation, long readings, Windower windows) {
    TreeMap<Long, List<Row>> byStart = new TreeMap<>();
    windows.all(
        (series, start) ->
            byStart
                .computeIfAbsent(start, _ -> new ArrayList<>())
                .add(new Row(series, windows.peek(series, start))));
    List<Row> oldest = new ArrayList<>();
    long sum = 0;
    for (Map.Entry<Long, List<Row>> rows : byStart.entrySet()) {
      if (sum >= readings) {
        break;
      }
      oldest.addAll(rows.getValue());
      sum += rows.getValue().stream().mapToLong(row -> row.window().count()).sum();
    }
    return sum == readings ? take(incarnation, oldest, windows) : 0;
  }

  private long take(Incarnation incarnation, List<Row> rows, Windower windows) {
    if (rows.isEmpty()) {
      return 0;
    }
    rows.forEach(row -> windows.take(row.series(), row.window().startMicros()));
    Lost lost = new Lost(incarnation, List.copyOf(rows));
    all.add(lost);
    return lost.readings();
  }
}
