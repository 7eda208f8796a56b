package io.edgeflow.aggregator.counter;

import io.edgeflow.aggregator.snapshot.Pieces;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns what counters show into running totals: the total of a reading is its own value and what is
 * added to it, which grows where the counter begins again (W4).
 *
 * <ul>
 *   <li>A value that fell rolled over, if the rule knows where and the way over the top is shorter
 *       than a quarter of the range: that top is added from there on. Else the counter was reset:
 *       what it had shown last is added, and the new value counts from zero.
 *   <li>A reading that is older than the newest one changes nothing; to it is added what was in
 *       force at its time. Between the two readings that showed a fall its value says on which side
 *       it belongs.
 * </ul>
 *
 * <p>{@link #judge} asks, {@link #accept} remembers: what is known depends on the sequence of
 * accepts alone, so replaying a log of them rebuilds it exactly. Values are at least zero; times
 * are microseconds since the epoch; series are small dense numbers. One thread owns it.
 */
public final class Counters {
  /** About what a change takes in a snapshot. */
  public static final int CHANGE_BYTES = 36;

  private static final int VERSION = 1;
  private static final int MAX_SERIES = 1 << 22;

  private @Nullable CounterTrack[] tracks = new @Nullable CounterTrack[0];
  private int size;
  private int changes;
  private double judgedOffset;

  /**
   * What a reading says of its counter. {@link #offset} is then what is to be added to it.
   *
   * @param raw what the counter shows
   */
  public Step judge(int series, long timeMicros, double raw, CounterRule rule) {
    CounterTrack track = track(series);
    if (track == null) {
      judgedOffset = 0;
      return Step.ON;
    }
    Step step = track.step(timeMicros, raw, rule);
    judgedOffset =
        switch (step) {
          case ON -> track.offset();
          case ROLLED_OVER -> track.offset() + rule.rollOver();
          case RESET -> track.offset() + track.newestRaw();
          case LATE, TOO_LATE -> track.offsetAt(timeMicros, raw);
        };
    return step;
  }

  /** Of the reading that was judged last. */
  public double offset() {
    return judgedOffset;
  }

  /** What is added to a reading of now that has no value of its own. */
  public double offsetNow(int series) {
    CounterTrack track = track(series);
    return track == null ? 0 : track.offset();
  }

  /** What the newest reading showed; NaN before the first one. */
  public double newestRaw(int series) {
    CounterTrack track = track(series);
    return track == null ? Double.NaN : track.newestRaw();
  }

  /**
   * A reading that was decided.
   *
   * @param offset what was added to it
   */
  public void accept(int series, long timeMicros, double raw, double offset) {
    CounterTrack track = track(series);
    if (track == null) {
      track = new CounterTrack();
      put(series, track);
    }
    int before = track.changes();
    track.accept(timeMicros, raw, offset);
    changes += track.changes() - before;
  }

  /** The series is none any more, or begins anew. */
  public void forget(int series) {
    CounterTrack track = track(series);
    if (track != null) {
      changes -= track.changes();
      size--;
      tracks[series] = null;
    }
  }

  /** How many counters are known. */
  public int size() {
    return size;
  }

  /** How many changes of all counters are remembered. */
  public int changes() {
    return changes;
  }

  /** Everything, bit for bit. */
  public void snapshot(Pieces into) {
    SnapshotWriter out = new SnapshotWriter(VERSION, into).number(size);
    for (int series = 0; series < tracks.length; series++) {
      CounterTrack track = tracks[series];
      if (track != null) {
        out.number(series);
        track.write(out);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static Counters restore(byte[] snapshot) {
    SnapshotReader in = new SnapshotReader("counters", VERSION, snapshot);
    Counters counters = new Counters();
    int known = in.count();
    for (int i = 0; i < known; i++) {
      int series = in.number(MAX_SERIES);
      CounterTrack track = CounterTrack.read(in);
      counters.put(series, track);
      counters.changes += track.changes();
    }
    in.end();
    return counters;
  }

  private void put(int series, CounterTrack track) {
    if (series >= tracks.length) {
      tracks = Arrays.copyOf(tracks, Math.max(64, Math.max(series + 1, tracks.length * 2)));
    }
    tracks[series] = track;
    size++;
  }

  private @Nullable CounterTrack track(int series) {
    return series < tracks.length ? tracks[series] : null;
  }
}
