package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One series at the windower: its watermark and its open windows. */
final class Track {
  /** Every open window by its start, in order of time. */
  final TreeMap<Long, Accumulator> open = new TreeMap<>();

  /** The window that got the latest reading, which most likely gets the next one too. */
  @Nullable Accumulator current;

  /** Greatest event time folded; {@link Long#MIN_VALUE} before the first reading. */
  long newestMicros = Long.MIN_VALUE;

  long lastArrivalNanos = Accumulator.UNKNOWN_NANOS;

  /** Opens the window if it is not open. */
  Accumulator turnTo(long startMicros, long nowNanos) {
    Accumulator found = open.get(startMicros);
    if (found == null) {
      found = new Accumulator(startMicros, newestMicros, nowNanos);
      open.put(startMicros, found);
    }
    current = found;
    return found;
  }

  @Nullable Accumulator remove(long startMicros) {
    Accumulator removed = open.remove(startMicros);
    if (current == removed) {
      current = null;
    }
    return removed;
  }

  void write(SnapshotWriter out, WindowRule rule) {
    out.number(newestMicros).number(open.size());
    for (Map.Entry<Long, Accumulator> window : open.entrySet()) {
      out.number(window.getKey() / rule.lengthMicros());
      window.getValue().write(out);
    }
  }

  static Track read(SnapshotReader in, WindowRule rule) {
    Track track = new Track();
    track.newestMicros = in.number();
    int windows = in.count();
    for (int i = 0; i < windows; i++) {
      long startMicros = in.number() * rule.lengthMicros();
      track.open.put(startMicros, Accumulator.read(in, startMicros));
    }
    return track;
  }
}
