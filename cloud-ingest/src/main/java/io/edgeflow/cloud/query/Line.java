package io.edgeflow.cloud.query;

/** One series of an answer while it is written; it lives as long as its pieces follow. */
sealed interface Line permits NumbersLine, RunsLine, TimesLine {
  SeriesRow series();

  /** Writes what is complete. */
  void flush(Form form);

  /** After all of it was read: writes the rest, and closes the series. */
  void end(Form form);
}
