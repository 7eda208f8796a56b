package io.edgeflow.inference.scoring;

import io.edgeflow.inference.slot.ComparisonReport.CallTimes;
import io.edgeflow.inference.slot.Latencies;

/** What a slot did. Thread-safe; nobody holds its monitor for long. */
final class SlotCounts {
  private long scored;
  private long errors;
  private long withheld;
  private Latencies times = new Latencies();
  private String lastError = "";

  synchronized void called(int usable, long nanos) {
    scored += usable;
    times.add(nanos);
  }

  synchronized void failed(int rows, String why) {
    errors += rows;
    lastError = why;
  }

  synchronized void withheld(long more) {
    withheld += more;
  }

  /** Another model serves. */
  synchronized void begin() {
    times = new Latencies();
    lastError = "";
  }

  synchronized Values values() {
    return new Values(scored, errors, withheld, times.summary(), lastError);
  }

  record Values(long scored, long errors, long withheld, CallTimes times, String lastError) {}
}
