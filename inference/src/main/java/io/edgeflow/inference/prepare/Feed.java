package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the readings of one series go: to no subject, to one, or to all that share it. Kept by
 * whoever has the series, so that nothing is looked up for a reading. One thread at a time.
 */
public final class Feed {
  private final List<Target> targets = new ArrayList<>();

  private boolean fed;
  private long lastMicros;
  private double last;
  private Quality lastQuality = Quality.GOOD;

  Feed() {}

  /** Whether any subject takes these readings now. */
  public boolean isUsed() {
    return !targets.isEmpty();
  }

  /** A reading; rows go to the subjects' sinks. */
  public void accept(long timeMicros, double value, Quality quality) {
    remember(timeMicros, value, quality);
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      target.preparer.accept(target.index, timeMicros, value, quality, target.sink);
    }
  }

  /** A reading of the past, that brings the state up to date: its rows were scored already. */
  public void recall(long timeMicros, double value, Quality quality) {
    remember(timeMicros, value, quality);
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      target.preparer.accept(target.index, timeMicros, value, quality, RowSink.NONE);
    }
  }

  /** A subject that comes late knows what a shared series said last. */
  void addLate(Preparer preparer, int index, RowSink sink) {
    if (fed) {
      preparer.accept(index, lastMicros, last, lastQuality, RowSink.NONE);
    }
    add(preparer, index, sink);
  }

  void add(Preparer preparer, int index, RowSink sink) {
    targets.add(new Target(preparer, index, sink));
  }

  private void remember(long timeMicros, double value, Quality quality) {
    fed = true;
    lastMicros = timeMicros;
    last = value;
    lastQuality = quality;
  }

  private record Target(Preparer preparer, int index, RowSink sink) {}
}
