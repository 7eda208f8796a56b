package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.GapRule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Without a grid: each reading makes a row of the latest values. With {@code hold} these may be as
 * old as the greatest gap; with {@code refuse} they must all be of one time, as the values of one
 * message are, and an incomplete time is told when the next one begins.
 */
final class VectorSampler implements Sampler {
  private final Rows rows;
  private final boolean together;
  private final long maxGapMicros;
  private final double[] values;
  private final long[] times;
  private final int[] qualities;
  private final @Nullable Withheld[] refused;

  private long newestMicros = Arrivals.NEVER;
  private boolean complete = true;

  VectorSampler(int series, GapRule gap, Rows rows) {
    this.rows = rows;
    this.together = gap.fill() == GapRule.Fill.REFUSE;
    this.maxGapMicros = gap.maxGapMicros();
    this.values = new double[series];
    this.times = new long[series];
    this.qualities = new int[series];
    this.refused = new @Nullable Withheld[series];
    Arrays.fill(times, Arrivals.NEVER);
  }

  @Override
  public void use(int series, long timeMicros, double value, Quality quality, RowSink sink) {
    comeTo(timeMicros, sink);
    values[series] = value;
    times[series] = timeMicros;
    qualities[series] = quality.code();
    refused[series] = null;
    decide(sink);
  }

  @Override
  public void refuse(int series, long timeMicros, Withheld why, RowSink sink) {
    comeTo(timeMicros, sink);
    refused[series] = why;
    decide(sink);
  }

  @Override
  public void clear() {
    rows.clear();
    Arrays.fill(times, Arrivals.NEVER);
    Arrays.fill(refused, null);
    newestMicros = Arrivals.NEVER;
    complete = true;
  }

  private void comeTo(long timeMicros, RowSink sink) {
    if (timeMicros <= newestMicros) {
      return;
    }
    if (!complete) {
      rows.miss(newestMicros, lacking(), true, sink);
    }
    complete = !together;
    newestMicros = timeMicros;
  }

  private void decide(RowSink sink) {
    Withheld why = lack();
    if (why == null) {
      complete = true;
      rows.push(newestMicros, values, quality(), others(), true, sink);
    } else if (!together) {
      rows.miss(newestMicros, why, true, sink);
    }
  }

  private Withheld lacking() {
    Withheld why = lack();
    return why == null ? Withheld.GAP : why;
  }

  /** The gravest reason why there is no row now, or null. */
  private @Nullable Withheld lack() {
    Withheld why = null;
    for (int i = 0; i < values.length; i++) {
      why = Withheld.graver(why, lack(i));
    }
    return why;
  }

  private @Nullable Withheld lack(int series) {
    if (refused[series] != null) {
      return refused[series];
    }
    if (times[series] == Arrivals.NEVER) {
      return Withheld.WARMING_UP;
    }
    long age = newestMicros - times[series];
    return age > (together ? 0 : maxGapMicros) ? Withheld.GAP : null;
  }

  private Quality quality() {
    int worst = 0;
    for (int quality : qualities) {
      worst = Math.max(worst, quality);
    }
    return Quality.ofCode(worst);
  }

  /** How many values are older than the row. */
  private int others() {
    int others = 0;
    for (long time : times) {
      others += time < newestMicros ? 1 : 0;
    }
    return others;
  }
}
