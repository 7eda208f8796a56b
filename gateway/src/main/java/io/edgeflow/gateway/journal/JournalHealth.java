package io.edgeflow.gateway.journal;

/** Whether what is appended gets synced. Times are {@link System#nanoTime} values. */
public sealed interface JournalHealth {
  /** Syncs succeed in time. */
  record Ok() implements JournalHealth {}

  /** A sync has been going on for more than a second. Nobody is acknowledged meanwhile. */
  record Stalled(long sinceNanos) implements JournalHealth {}

  /** Syncs fail and are tried again on new segments. Nobody is acknowledged meanwhile (J3). */
  record Failing(String error, long sinceNanos) implements JournalHealth {}
}
