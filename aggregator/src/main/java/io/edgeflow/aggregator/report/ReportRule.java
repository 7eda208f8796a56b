package io.edgeflow.aggregator.report;

/**
 * Which readings of a series are reported singly (L11). {@link LastReports} holds a reading against
 * the one that was reported last.
 */
public sealed interface ReportRule {
  /** No limit to how long nothing is reported. */
  long NO_LIMIT = Long.MAX_VALUE;

  /** Nothing is reported. */
  record None() implements ReportRule {}

  /** Every reading is reported. */
  record All() implements ReportRule {}

  /**
   * A value that is not the last one.
   *
   * @param maxSilenceMicros a reading this far from the last reported one is reported whatever its
   *     value; {@link #NO_LIMIT} for never
   */
  record Change(long maxSilenceMicros) implements ReportRule {
    public Change {
      positive(maxSilenceMicros);
    }
  }

  /**
   * A number that is further from the last one than this; any other text.
   *
   * @param band in the unit of the series, not below zero
   * @param maxSilenceMicros as in {@link Change}
   */
  record Deadband(double band, long maxSilenceMicros) implements ReportRule {
    public Deadband {
      magnitude(band);
      positive(maxSilenceMicros);
    }
  }

  /**
   * A number that is further from the last one than a part of that one's magnitude; any other text.
   *
   * @param percent of the last one's magnitude, not below zero
   * @param least the band is never narrower. With 0 every change from zero is reported.
   * @param maxSilenceMicros as in {@link Change}
   */
  record Percent(double percent, double least, long maxSilenceMicros) implements ReportRule {
    public Percent {
      magnitude(percent);
      magnitude(least);
      positive(maxSilenceMicros);
    }

    double band(double last) {
      return Math.max(least, percent / 100 * Math.abs(last));
    }
  }

  /** A reading that is at least so far from the last one, whatever its value. */
  record Interval(long micros) implements ReportRule {
    public Interval {
      positive(micros);
    }
  }

  ReportRule NONE = new None();

  private static void positive(long micros) {
    if (micros <= 0) {
      throw new IllegalArgumentException("a time of " + micros + " us is not above zero");
    }
  }

  private static void magnitude(double value) {
    // False for NaN too.
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a band of " + value + " is below zero or no number");
    }
  }
}
