package io.edgeflow.wire.document;

/**
 * Numbers of one lane with one verdict, from the first to the last, both included.
 *
 * @param reason for a person; empty where there is nothing to say; cut at {@value #MAX_REASON}
 *     characters
 */
public record VerdictRange(long from, long to, Verdict verdict, String reason) {
  public static final int MAX_REASON = 300;

  public VerdictRange {
    Ranges.check(from, to);
    reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }
}
