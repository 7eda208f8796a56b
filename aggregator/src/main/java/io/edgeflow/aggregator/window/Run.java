package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run of equal values that may still grow. */
final class Run {
  private final double number;
  private final @Nullable String text;
  private final Quality quality;
  private long firstMicros;
  private long lastMicros;
  private long count = 1;

  Run(long timeMicros, double number, @Nullable String text, Quality quality) {
    this.firstMicros = timeMicros;
    this.lastMicros = timeMicros;
    this.number = number;
    this.text = text;
    this.quality = quality;
  }

  /** By bits, so that a bad reading's NaN equals the next one's. */
  boolean equals(double otherNumber, @Nullable String otherText, Quality otherQuality) {
    return quality == otherQuality
        && Double.doubleToLongBits(number) == Double.doubleToLongBits(otherNumber)
        && Objects.equals(text, otherText);
  }

  boolean sameAs(Run other) {
    return equals(other.number, other.text, other.quality);
  }

  void extend(long timeMicros) {
    firstMicros = Math.min(firstMicros, timeMicros);
    lastMicros = Math.max(lastMicros, timeMicros);
    count++;
  }

  long count() {
    return count;
  }

  Change toChange(int series) {
    return new Change(series, firstMicros, lastMicros, count, number, text, quality);
  }

  void write(SnapshotWriter out) {
    out.number(firstMicros).number(lastMicros - firstMicros).number(count).real(number);
    out.number(quality.code()).number(text == null ? 0 : 1);
    if (text != null) {
      out.text(text);
    }
  }

  static Run read(SnapshotReader in) {
    long first = in.number();
    long last = first + in.number();
    long count = in.number();
    double number = in.real();
    Quality quality = Quality.ofCode(in.number(Quality.values().length - 1));
    String text = in.number(1) == 1 ? in.text() : null;
    Run run = new Run(first, number, text, quality);
    run.lastMicros = last;
    run.count = count;
    return run;
  }
}
