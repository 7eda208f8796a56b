package io.edgeflow.gateway.alarms;

/**
 * How fast a value changes over a span of event time. It keeps a sample of the readings, at most
 * one for each sixteenth of the span, whatever their rate. Readings come in the order of their
 * times.
 */
final class RateTrack {
  private static final int PARTS = 16;
  private static final int ROOM = PARTS + 3;

  private final long spanMicros;
  private final long[] times = new long[ROOM];
  private final double[] values = new double[ROOM];
  private int first;
  private int size;
  private double perSecond;

  RateTrack(long spanMicros) {
    this.spanMicros = spanMicros;
  }

  /**
   * Takes a reading.
   *
   * @return whether the change can be judged: the oldest reading that is remembered lies half a
   *     span back or more
   */
  boolean add(long timeMicros, double value) {
    while (size > 1 && times[at(1)] <= timeMicros - spanMicros) {
      first = at(1);
      size--;
    }
    boolean judged = size > 0 && timeMicros - times[first] >= Math.max(1, spanMicros / 2);
    if (judged) {
      perSecond = (value - values[first]) / ((timeMicros - times[first]) / 1e6);
    }
    if (size == 0 || timeMicros - times[at(size - 1)] >= spanMicros / PARTS) {
      keep(timeMicros, value);
    }
    return judged;
  }

  private void keep(long timeMicros, double value) {
    if (size == ROOM) {
      first = at(1);
      size--;
    }
    times[at(size)] = timeMicros;
    values[at(size)] = value;
    size++;
  }

  /** Of the last reading, if it could be judged. */
  double perSecond() {
    return perSecond;
  }

  private int at(int index) {
    return (first + index) % ROOM;
  }
}
