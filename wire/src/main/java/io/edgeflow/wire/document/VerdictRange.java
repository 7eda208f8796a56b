package io.edgeflow.wire.document;

import java.util.OptionalInt;

/**
 * Numbers of one lane with one verdict, from the first to the last, both included.
 *
 * @param reason for a person; empty where there is nothing to say; cut at {@value #MAX_REASON}
 *     characters
 * @param content of a single number in conflict, the identity of what was settled under it: whoever
 *     sent just that is not meant (J4)
 */
public record VerdictRange(
    long from, long to, Verdict verdict, String reason, OptionalInt content) {
  public static final int MAX_REASON = 300;

  public VerdictRange {
    Ranges.check(from, to);
    reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }

  public VerdictRange(long from, long to, Verdict verdict, String reason) {
    this(from, to, verdict, reason, OptionalInt.empty());
  }

  /** Other content came under this number than what was settled, which has this identity. */
  public static VerdictRange conflict(long number, int content) {
    return new VerdictRange(number, number, Verdict.CONFLICT, "", OptionalInt.of(content));
  }
}
