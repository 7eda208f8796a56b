package io.edgeflow.inference.prepare;

/** What became of the readings so far. Read on the thread that feeds. */
public final class ArrivalCounts {
  long used;
  long skipped;
  long refused;
  long late;
  long duplicates;
  long restarts;

  ArrivalCounts() {}

  /** Readings whose value counted. */
  public long used() {
    return used;
  }

  /** Left out for their quality, as if they had not come. */
  public long skipped() {
    return skipped;
  }

  /** Kept rows from being made, for their quality. */
  public long refused() {
    return refused;
  }

  /** Came behind a newer one of their series, or when their time had been decided. */
  public long late() {
    return late;
  }

  /** Came at the same time as another one of their series. */
  public long duplicates() {
    return duplicates;
  }

  /** How often a stamp far ahead was given up. */
  public long restarts() {
    return restarts;
  }
}
