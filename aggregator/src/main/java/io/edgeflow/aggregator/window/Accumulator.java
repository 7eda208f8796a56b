package io.edgeflow.aggregator.window;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;

/** An open window. Plain fields, because folding a reading into it is the hottest path there is. */
final class Accumulator {
  /** Stands for a monotonic time of a process that has ended. */
  static final long UNKNOWN_NANOS = Long.MIN_VALUE;

  final long startMicros;

  /** The series' newest event time before the reading that opened this window. */
  final long newestAtOpeningMicros;

  long openedNanos;

  private long valued;
  private long uncertain;
  private long stale;
  private long bad;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sum;
  private double mean;
  private double m2;
  private long firstMicros = Long.MAX_VALUE;
  private double first;
  private long lastMicros = Long.MIN_VALUE;
  private double last;

  Accumulator(long startMicros, long newestAtOpeningMicros, long openedNanos) {
    this.startMicros = startMicros;
    this.newestAtOpeningMicros = newestAtOpeningMicros;
    this.openedNanos = openedNanos;
  }

  void add(long timeMicros, double value, Quality quality) {
    if (quality == Quality.GOOD) {
      add(timeMicros, value);
    } else {
      addDoubtful(timeMicros, value, quality);
    }
  }

  private void addDoubtful(long timeMicros, double value, Quality quality) {
    switch (quality) {
      case GOOD -> add(timeMicros, value);
      case UNCERTAIN -> {
        uncertain++;
        add(timeMicros, value);
      }
      case STALE -> stale++;
      case BAD -> bad++;
    }
  }

  private void add(long timeMicros, double value) {
    long n = ++valued;
    sum += value;
    // Welford: equal values give a spread of exactly zero, and large offsets do not cancel.
    double fromOldMean = value - mean;
    mean += fromOldMean / n;
    m2 += fromOldMean * (value - mean);
    // Not Math.min: accepted values have neither NaN nor negative zero.
    if (value < min) {
      min = value;
    }
    if (value > max) {
      max = value;
    }
    if (timeMicros >= lastMicros && Window.comesBefore(lastMicros, last, timeMicros, value)) {
      lastMicros = timeMicros;
      last = value;
    }
    if (timeMicros <= firstMicros && Window.comesBefore(timeMicros, value, firstMicros, first)) {
      firstMicros = timeMicros;
      first = value;
    }
  }

  long count() {
    return valued + stale + bad;
  }

  Window toWindow(long lengthMicros) {
    double none = Double.NaN;
    return valued == 0
        ? new Window(
            startMicros,
            lengthMicros,
            count(),
            0,
            stale,
            bad,
            none,
            none,
            0,
            0,
            startMicros,
            none,
            startMicros,
            none)
        : new Window(
            startMicros,
            lengthMicros,
            count(),
            uncertain,
            stale,
            bad,
            min,
            max,
            sum,
            m2,
            firstMicros,
            first,
            lastMicros,
            last);
  }

  void write(SnapshotWriter out) {
    out.number(newestAtOpeningMicros).number(valued).number(uncertain).number(stale).number(bad);
    if (valued > 0) {
      out.real(min).real(max).real(sum).real(mean).real(m2);
      out.number(firstMicros - startMicros).real(first);
      out.number(lastMicros - startMicros).real(last);
    }
  }

  static Accumulator read(SnapshotReader in, long startMicros) {
    Accumulator read = new Accumulator(startMicros, in.number(), UNKNOWN_NANOS);
    read.valued = in.number();
    read.uncertain = in.number();
    read.stale = in.number();
    read.bad = in.number();
    if (read.valued > 0) {
      read.min = in.real();
      read.max = in.real();
      read.sum = in.real();
      read.mean = in.real();
      read.m2 = in.real();
      read.firstMicros = startMicros + in.number();
      read.first = in.real();
      read.lastMicros = startMicros + in.number();
      read.last = in.real();
    }
    return read;
  }
}
