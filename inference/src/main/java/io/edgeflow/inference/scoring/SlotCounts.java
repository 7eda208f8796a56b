package io.edgeflow.inference.scoring;

import io.edgeflow.inference.slot.Latencies;

/** What a slot did. Thread-safe; nobody holds its monitor for long. */
final class SlotCounts {
  private long scored;
  private long errors;
  private long withheld;
  private Latencies times = new Latencies();
  private String lastError = "";

  /** Since the serving model began. */
  private long rows;

  private long failed;
  private long nans;
  private long alarms;

  /**
   * @param unusable rows whose score is no number
   * @param beyond rows beyond a threshold
   */
  synchronized void called(int usable, int unusable, int beyond, long nanos) {
    scored += usable;
    rows += usable + unusable;
    nans += unusable;
    alarms += beyond;
    times.add(nanos);
  }

  /** No score for some rows of a call that gave others. */
  synchronized void unusable(int count, String why) {
    errors += count;
    lastError = why;
  }

  /** A call gave none. */
  synchronized void failed(int count, String why) {
    unusable(count, why);
    rows += count;
    failed += count;
  }

  synchronized void withheld(long more) {
    withheld += more;
  }

  /** Another model serves. */
  synchronized void begin() {
    times = new Latencies();
    lastError = "";
    rows = 0;
    failed = 0;
    nans = 0;
    alarms = 0;
  }

  synchronized Values values() {
    return new Values(
        scored,
        errors,
        withheld,
        new ServiceFigures(rows, failed, nans, alarms, times.summary()),
        lastError);
  }

  record Values(
      long scored, long errors, long withheld, ServiceFigures service, String lastError) {}
}
