package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.Pieces;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds readings into tumbling windows and says which of them are ready to be sent.
 *
 * <p>What is open depends on the sequence of {@link #fold} and {@link #take} alone, so replaying a
 * log of both rebuilds it exactly; clocks only decide when {@link #due} speaks. A window is due
 *
 * <ul>
 *   <li>when its series' watermark, the newest event time but never more than the believed clock,
 *       passes its end and grace (T3);
 *   <li>if it was opened after that had happened, as a supplement of late readings, one window
 *       length of monotonic time after it was opened (T4);
 *   <li>when its series had no arrival for a window length and grace (T3);
 *   <li>at the latest when it has been open for twice that long: a sensor whose stamps stand still
 *       must not keep its readings from being sent.
 * </ul>
 *
 * <p>A reading for a window that was taken already opens another of the same start: they merge.
 * Series are small dense numbers. Times are microseconds since the epoch, between the years 1 and
 * 9999, or values of {@link System#nanoTime()}. One thread owns a windower.
 */
public final class Windower {
  /** For {@link #due}: no clock is believed, so none holds a watermark back. */
  public static final long NO_CLOCK = Long.MAX_VALUE;

  /**
   * With more windows open than this many beyond one per series, supplements wait no longer: stamps
   * spread over the ages must not fill the memory.
   */
  static final int MAX_SPARE_WINDOWS = 1 << 16;

  private static final int VERSION = 1;

  /** More than any edge has; a damaged snapshot must not make anyone allocate more. */
  private static final int MAX_SERIES = 1 << 22;

  private final WindowRule rule;
  private final long lengthMicros;
  private final DueRule dueRule;

  private @Nullable Track[] tracks = new @Nullable Track[64];
  private int seriesSeen;
  private int open;

  public Windower(WindowRule rule) {
    this.rule = rule;
    this.lengthMicros = rule.lengthMicros();
    this.dueRule = new DueRule(rule);
  }

  public WindowRule rule() {
    return rule;
  }

  /**
   * @param value accepted by {@link io.edgeflow.aggregator.reading.Values}; ignored if the quality
   *     carries none
   * @param nowNanos when it arrived
   */
  public void fold(int series, long timeMicros, double value, Quality quality, long nowNanos) {
    Track track = series < tracks.length ? tracks[series] : null;
    if (track == null) {
      track = firstSight(series);
    }
    Accumulator window = track.current;
    // One unsigned comparison for both ends of the window.
    if (window == null
        || Long.compareUnsigned(timeMicros - window.startMicros, lengthMicros) >= 0) {
      window = turnTo(track, timeMicros, nowNanos);
    }
    window.add(timeMicros, value, quality);
    track.lastArrivalNanos = nowNanos;
    if (timeMicros > track.newestMicros) {
      track.newestMicros = timeMicros;
    }
  }

  /**
   * Names every window that is ready, series by series, oldest first, and names it again at every
   * call until it is taken. A reading that arrives in between is simply in it.
   *
   * @param believedNowMicros the believed clock, or {@link #NO_CLOCK}
   */
  public void due(long believedNowMicros, long nowNanos, DueSink sink) {
    boolean crowded = open > seriesSeen + MAX_SPARE_WINDOWS;
    forEach(
        (series, track, window) -> {
          if (dueRule.isDue(track, window, believedNowMicros, nowNanos, crowded)) {
            sink.due(series, window.startMicros);
          }
        });
  }

  /** Names every open window, series by series, oldest first. */
  public void all(DueSink sink) {
    forEach((series, track, window) -> sink.due(series, window.startMicros));
  }

  /**
   * Names every open window whose end and grace were passed by then, or by its series' watermark,
   * however late it was opened.
   */
  public void passed(long nowMicros, DueSink sink) {
    long closingMicros = lengthMicros + rule.graceMicros();
    forEach(
        (series, track, window) -> {
          if (window.startMicros + closingMicros <= Math.max(track.newestMicros, nowMicros)) {
            sink.due(series, window.startMicros);
          }
        });
  }

  public boolean isOpen(int series, long startMicros) {
    return find(series, startMicros) != null;
  }

  /**
   * @throws IllegalStateException if there is no such open window
   */
  public Window peek(int series, long startMicros) {
    Accumulator window = find(series, startMicros);
    if (window == null) {
      throw notOpen(series, startMicros);
    }
    return window.toWindow(lengthMicros);
  }

  /**
   * Removes an open window, because its readings have been numbered.
   *
   * @throws IllegalStateException if there is no such open window
   */
  public Window take(int series, long startMicros) {
    Track track = track(series);
    Accumulator window = track == null ? null : track.remove(startMicros);
    if (window == null) {
      throw notOpen(series, startMicros);
    }
    open--;
    return window.toWindow(lengthMicros);
  }

  /** How many windows are open. */
  public int open() {
    return open;
  }

  /** How many readings are in open windows. Walks over all of them. */
  public long pendingReadings() {
    long[] sum = new long[1];
    forEach((series, track, window) -> sum[0] += window.count());
    return sum[0];
  }

  /** Open windows and watermarks, bit for bit; ages do not outlive the process. */
  public byte[] snapshot() {
    Pieces bytes = new Pieces();
    snapshot(bytes);
    return bytes.toBytes();
  }

  /** As the other one, without ever holding it as one array. */
  public void snapshot(Pieces into) {
    SnapshotWriter out = new SnapshotWriter(VERSION, into).number(lengthMicros).number(seriesSeen);
    for (int series = 0; series < tracks.length; series++) {
      Track track = tracks[series];
      if (track != null) {
        out.number(series);
        track.write(out, rule);
      }
    }
  }

  /**
   * What a windower was when it wrote the snapshot. Ages count from the first {@link #due}.
   *
   * @throws IllegalArgumentException if the bytes are damaged, of another version, or of windows of
   *     another length
   */
  public static Windower restore(WindowRule rule, byte[] snapshot) {
    SnapshotReader in = new SnapshotReader("windows", VERSION, snapshot);
    long length = in.number();
    if (length != rule.lengthMicros()) {
      throw new IllegalArgumentException(
          "snapshot has windows of " + length + " us, not " + rule.lengthMicros());
    }
    Windower windower = new Windower(rule);
    int tracks = in.count();
    for (int i = 0; i < tracks; i++) {
      int series = in.number(MAX_SERIES);
      Track track = Track.read(in, rule);
      windower.put(series, track);
      windower.open += track.open.size();
    }
    in.end();
    return windower;
  }

  private Accumulator turnTo(Track track, long timeMicros, long nowNanos) {
    int before = track.open.size();
    Accumulator window = track.turnTo(rule.startOf(timeMicros), nowNanos);
    open += track.open.size() - before;
    return window;
  }

  private Track firstSight(int series) {
    Track track = new Track();
    put(series, track);
    return track;
  }

  private void put(int series, Track track) {
    if (series >= tracks.length) {
      tracks = Arrays.copyOf(tracks, Math.max(series + 1, tracks.length * 2));
    }
    tracks[series] = track;
    seriesSeen++;
  }

  private @Nullable Track track(int series) {
    return series < tracks.length ? tracks[series] : null;
  }

  private @Nullable Accumulator find(int series, long startMicros) {
    Track track = track(series);
    return track == null ? null : track.open.get(startMicros);
  }

  private interface Visitor {
    void visit(int series, Track track, Accumulator window);
  }

  /** The visitor may remove the window it visits. */
  private void forEach(Visitor visitor) {
    for (int series = 0; series < tracks.length; series++) {
      Track track = tracks[series];
      if (track == null) {
        continue;
      }
      Map.Entry<Long, Accumulator> window = track.open.firstEntry();
      while (window != null) {
        visitor.visit(series, track, window.getValue());
        window = track.open.higherEntry(window.getKey());
      }
    }
  }

  private static IllegalStateException notOpen(int series, long startMicros) {
    return new IllegalStateException(
        "series " + series + " has no open window that starts at " + startMicros + " us");
  }
}
