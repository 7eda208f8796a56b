package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.Pieces;
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
 * dropped; equal readings after that begin a new run, which is only a <em>repeat</em>: it says that
 * the state still holds. A change is due at once, repeats when they have waited for a while.
 *
 * <p>Depends on the sequence of {@link #fold} and {@link #drop} alone, so replaying a log of both
 * rebuilds it exactly. One thread owns it.
 */
public final class Changes {
  private static final int VERSION = 1;

  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final TreeMap<Integer, ArrayDeque<Run>> runs = new TreeMap<>();

  /** What was dropped last of each series: that run may still be going on. */
  private final TreeMap<Integer, Run> numbered = new TreeMap<>();

  private long pendingReadings;
  private int repeats;
  private int held;
  private long repeatingSinceNanos = NOT_WAITING;

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
      Run next = new Run(timeMicros, number, text, quality);
      ofSeries.addLast(next);
      count(1, ofSeries.size() == 1 && isRepeat(series, next));
    }
    pendingReadings++;
  }

  /**
   * True if something changed that is not numbered yet, or if repeats have waited long enough.
   *
   * @param nowNanos monotonic
   * @param patienceNanos how long repeats wait, from the first call that found them
   */
  public boolean isDue(long nowNanos, long patienceNanos) {
    if (repeats == 0) {
      repeatingSinceNanos = NOT_WAITING;
    } else if (repeatingSinceNanos == NOT_WAITING) {
      repeatingSinceNanos = nowNanos;
    }
    return held > repeats || (repeats > 0 && nowNanos - repeatingSinceNanos >= patienceNanos);
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
      Run run = ofSeries.removeFirst();
      pendingReadings -= run.count();
      count(-1, i == 0 && isRepeat(series, run));
      numbered.put(series, run);
    }
    if (ofSeries.isEmpty()) {
      runs.remove(series);
    }
  }

  /** How many runs of a series wait. */
  public int runs(int series) {
    ArrayDeque<Run> ofSeries = runs.get(series);
    return ofSeries == null ? 0 : ofSeries.size();
  }

  /** How many readings are in runs. */
  public long pendingReadings() {
    return pendingReadings;
  }

  public byte[] snapshot() {
    Pieces bytes = new Pieces();
    snapshot(bytes);
    return bytes.toBytes();
  }

  /** As the other one, without ever holding it as one array. */
  public void snapshot(Pieces into) {
    SnapshotWriter out = new SnapshotWriter(VERSION, into).number(runs.size());
    runs.forEach(
        (series, ofSeries) -> {
          out.number(series).number(ofSeries.size());
          ofSeries.forEach(run -> run.write(out));
        });
    out.number(numbered.size());
    numbered.forEach((series, run) -> run.write(out.number(series)));
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static Changes restore(byte[] snapshot) {
    SnapshotReader in = new SnapshotReader("changes", VERSION, snapshot);
    Changes changes = new Changes();
    int series = in.count();
    for (int i = 0; i < series; i++) {
      changes.readRuns(in);
    }
    int dropped = in.count();
    for (int i = 0; i < dropped; i++) {
      changes.numbered.put(in.number(Integer.MAX_VALUE), Run.read(in));
    }
    changes.runs.forEach(
        (id, ofSeries) -> changes.repeats += changes.isRepeat(id, ofSeries.getFirst()) ? 1 : 0);
    in.end();
    return changes;
  }

  private void readRuns(SnapshotReader in) {
    ArrayDeque<Run> ofSeries = new ArrayDeque<>();
    runs.put(in.number(Integer.MAX_VALUE), ofSeries);
    int count = in.count();
    for (int i = 0; i < count; i++) {
      Run run = Run.read(in);
      ofSeries.addLast(run);
      pendingReadings += run.count();
      held++;
    }
  }

  private boolean isRepeat(int series, Run run) {
    Run before = numbered.get(series);
    return before != null && run.sameAs(before);
  }

  private void count(int runsMore, boolean repeat) {
    held += runsMore;
    repeats += repeat ? runsMore : 0;
  }
}
