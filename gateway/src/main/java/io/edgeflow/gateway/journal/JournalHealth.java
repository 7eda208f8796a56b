package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.DiskTrouble;
import java.time.Duration;

/** Whether what is appended gets synced. Times are {@link System#nanoTime} values. */
public sealed interface JournalHealth {
  /** A sync that takes longer is a stalled one. */
  Duration STALL = Duration.ofSeconds(1);

  /** Syncs succeed in time. */
  record Ok() implements JournalHealth {}

  /** A sync has been going on for longer than {@link #STALL}. Nobody is acknowledged meanwhile. */
  record Stalled(long sinceNanos) implements JournalHealth {}

  /** Syncs fail and are tried again on new segments. Nobody is acknowledged meanwhile (J3). */
  record Failing(DiskTrouble trouble, String error, long sinceNanos) implements JournalHealth {}
}
