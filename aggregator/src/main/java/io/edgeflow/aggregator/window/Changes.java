package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects states and texts as runs of equal values, in the order of arrival, until they are
 * numbered (W4). A run ends when a reading has another value, text or quality, or when it is
 * dropped; equal readings after that begin a new run.
 *
 * <p>Depends on the sequence of {@link #fold} and {@link #drop} alone, so replaying a log of both
 * rebuilds it exactly. One thread owns it.
 */
public final class Changes {
  private static final int VERSION = 1;

  private final TreeMap<Integer, ArrayDeque<Run>> runs = new TreeMap<>();
  private long pendingReadings;

  /**
   * @param number accepted by {@link io.edgeflow.aggregator.reading.Values}
   */
  public void fold(
      int series, long timeMicros, double number, @Nullable String text, Quality quality) {
    ArrayDeque<Run> ofSeries = runs.computeIfAbsent(series, _ -> new ArrayDeque<>());
    Run newest = ofSeries.peekLast();
    if (newest != null && newest.equals(number, text, quality)) {
      newest.extend(timeMicros);
    } else {
      ofSeries.addLast(new Run(timeMicros, number, text, quality));
    }
    pendingReadings++;
  }

  /**
   * The oldest runs, series by series, the one still going on included. What is listed of a series
   * is always the beginning of its queue, so {@link #drop} can name it by number; drop before the
   * next fold, which might extend the last of them.
   */
  public List<Change> pending(int maxRuns) {
    List<Change> pending = new ArrayList<>();
    for (Map.Entry<Integer, ArrayDeque<Run>> ofSeries : runs.entrySet()) {
      for (Run run : ofSeries.getValue()) {
        if (pending.size() >= maxRuns) {
          return pending;
        }
        pending.add(run.toChange(ofSeries.getKey()));
      }
    }
    return pending;
  }

  /**
   * Forgets the oldest runs of a series, because they have been numbered.
   *
   * @throws IllegalStateException if the series has fewer
   */
  public void drop(int series, int count) {
    ArrayDeque<Run> ofSeries = runs.get(series);
    int held = ofSeries == null ? 0 : ofSeries.size();
    if (ofSeries == null || count < 0 || count > held) {
      throw new IllegalStateException(
          "series " + series + " has " + held + " runs, " + count + " cannot be dropped");
    }
    for (int i = 0; i < count; i++) {
      pendingReadings -= ofSeries.removeFirst().count();
    }
    if (ofSeries.isEmpty()) {
      runs.remove(series);
    }
  }

  /** How many readings are in runs. */
  public long pendingReadings() {
    return pendingReadings;
  }

  public byte[] snapshot() {
    SnapshotWriter out = new SnapshotWriter(VERSION).number(runs.size());
    runs.forEach(
        (series, ofSeries) -> {
          out.number(series).number(ofSeries.size());
          ofSeries.forEach(run -> run.write(out));
        });
    return out.toBytes();
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static Changes restore(byte[] snapshot) {
    SnapshotReader in = new SnapshotReader("changes", VERSION, snapshot);
    Changes changes = new Changes();
    int series = in.count();
    for (int i = 0; i < series; i++) {
      ArrayDeque<Run> ofSeries = new ArrayDeque<>();
      changes.runs.put(in.number(Integer.MAX_VALUE), ofSeries);
      int count = in.count();
      for (int j = 0; j < count; j++) {
        Run run = Run.read(in);
        ofSeries.addLast(run);
        changes.pendingReadings += run.count();
      }
    }
    in.end();
    return changes;
  }
}
