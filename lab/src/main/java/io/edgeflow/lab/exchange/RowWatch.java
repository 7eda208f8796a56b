package io.edgeflow.lab.exchange;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.recorder.ReadingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every reading that a recorder accepted: each flow must have one score, of the model that
 * the events name at that place in the order of the scores. Thread-safe.
 */
final class RowWatch implements ReadingListener {
  static final String FLOW = "pump-7/flow";
  private static final String SCORE = "pump-7/wear.sum";
  private static final String ONLY_SCORE = "pump-7/wear.score";
  private static final int MOST_FAULTS = 10;
  private static final int WHOLE = 1 << 20;

  private final long beginMicros;
  private int[] scoredBy = new int[1 << 16];
  private final List<Integer> order = new ArrayList<>();
  private final List<Boundary> boundaries = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long readings;
  private long offered;

  /**
   * @param after how many scores were on their way before it
   */
  private record Boundary(long after, int version) {}

  RowWatch(long beginMicros) {
    this.beginMicros = beginMicros;
  }

  /** The time of a reading. */
  long timeMicros(int index) {
    return beginMicros + index * 1_000L;
  }

  /** Whole numbers of which floats tell each from the next, also with a version added. */
  static double value(int index) {
    return index % WHOLE;
  }

  @Override
  public synchronized void accepted(
      String series, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (series.equals(FLOW)) {
      readings++;
    } else if (series.equals(ONLY_SCORE) || series.equals(SCORE)) {
      scored((int) ((timeMicros - beginMicros) / 1_000), number);
    }
  }

  private void scored(int index, double score) {
    if (index >= scoredBy.length) {
      scoredBy = Arrays.copyOf(scoredBy, Math.max(index + 1, scoredBy.length * 2));
    }
    int version = (int) (score - value(index));
    if (scoredBy[index] != 0) {
      fault("reading %d is scored twice, by %d and %d".formatted(index, scoredBy[index], version));
    }
    scoredBy[index] = version;
    order.add(version);
  }

  /** Scores are on their way to the recorder. */
  synchronized void offered(int count) {
    offered += count;
  }

  /** An event says that the scores from here on are that model's. */
  synchronized void active(int version) {
    boundaries.add(new Boundary(offered, version));
  }

  synchronized long readings() {
    return readings;
  }

  synchronized long scores() {
    return order.size();
  }

  synchronized long boundaries() {
    return boundaries.size();
  }

  private void fault(String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(what);
    }
  }

  /** What is wrong with the rows; empty if nothing is. Once, at the end. */
  synchronized List<String> faults() {
    for (int index = 0; index < readings; index++) {
      if (index >= scoredBy.length || scoredBy[index] == 0) {
        fault("reading " + index + " has no score");
      }
    }
    int at = -1;
    for (int k = 0; k < order.size(); k++) {
      while (at + 1 < boundaries.size() && boundaries.get(at + 1).after() <= k) {
        at++;
      }
      int told = at < 0 ? 0 : boundaries.get(at).version();
      if (order.get(k) != told) {
        fault(
            "score %d was given by version %d, the events say %d".formatted(k, order.get(k), told));
      }
    }
    return List.copyOf(faults);
  }
}
