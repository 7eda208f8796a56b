package io.edgeflow.cloud.query;

import java.util.List;
import java.util.SortedMap;

/** Writes an answer as it is found. Calls come in order: a series, what it has, its end. */
interface Form {
  /** Before everything else. */
  void begin(DataQuestion question, List<Source.Part> parts);

  /** Instead of {@link #begin}, for series that another form {@linkplain #add adds}. */
  void beginPart();

  /** Series that a form of the same question {@linkplain #take wrote} as a part. */
  void add(byte[] part);

  void series(SeriesRow series);

  /**
   * @param increase of a counter, NaN where it is none or nobody asked
   * @param rate likewise
   */
  void point(Slice slice, double increase, double rate);

  void run(Point.Run run);

  /**
   * @param seconds by value, in the time that is known
   */
  void times(long startMicros, long endMicros, SortedMap<String, Double> seconds);

  /**
   * Closes the series.
   *
   * @param more whether there are gaps that are not told
   */
  void close(List<Gap> gaps, boolean more, List<Visible.Invalid> invalid);

  void end(List<String> unknown, List<EventsHandler.Event> annotations);

  /** How much can be taken. */
  int size();

  /** What was written since the last time. */
  byte[] take();
}
