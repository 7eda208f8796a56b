package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.disk.DiskTrouble;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes events of a journal that fails and of one that works again.
 *
 * <pre>
 *          a sync failed, or has been stalled for 5 s: journal-failing
 *  well ─────────────────────────────────────────────────────────────► troubled
 *    ◄──────────────────────────────────────────────────────────────────┘
 *          10 s without another failure: journal-recovered, with how long it lasted
 * </pre>
 *
 * A disk that fails every few seconds is one trouble, not thousands. An event is journaled like any
 * other record, so it reaches the disk when the disk takes something again. Owned by the owner
 * thread.
 */
final class JournalWatch {
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Consumer<EventRow> events;
  private boolean troubled;
  private long stalledSince;
  private boolean stalled;
  private long troubledSince;
  private long lastTrouble;
  private long failuresBefore;
  private long failuresSeen;

  JournalWatch(Consumer<EventRow> events) {
    this.events = events;
  }

  /**
   * @param failures of syncs since the start
   */
  void tick(JournalHealth health, long failures, long nowNanos, long presentMicros) {
    boolean troubleNow = failures > failuresSeen || isTrouble(health, nowNanos);
    failuresSeen = failures;
    if (troubleNow) {
      if (!troubled) {
        begin(health, nowNanos, presentMicros);
      }
      lastTrouble = nowNanos;
    } else if (troubled && nowNanos - lastTrouble >= QUIET_NANOS) {
      end(failures, presentMicros);
    }
  }

  private boolean isTrouble(JournalHealth health, long nowNanos) {
    boolean stallsNow = health instanceof JournalHealth.Stalled;
    if (stallsNow && !stalled) {
      stalledSince = nowNanos;
    }
    stalled = stallsNow;
    return health instanceof JournalHealth.Failing
        || (stalled && nowNanos - stalledSince >= STALL_NANOS);
  }

  private void begin(JournalHealth health, long nowNanos, long presentMicros) {
    troubled = true;
    troubledSince = stalled ? stalledSince : nowNanos;
    String cause =
        switch (health) {
          case JournalHealth.Failing failing -> failing.trouble().word();
          case JournalHealth.Stalled stalls -> "stalled";
          // It failed and has succeeded since.
          case JournalHealth.Ok ok -> DiskTrouble.IO_ERROR.word();
        };
    String error = health instanceof JournalHealth.Failing failing ? failing.error() : "";
    event(
        presentMicros,
        EventSeverity.ALARM,
        "journal-failing",
        "the journal cannot be synced; nothing is acknowledged until it works again",
        Map.of("cause", cause, "error", error));
  }

  private void end(long failures, long presentMicros) {
    troubled = false;
    long lasted = TimeUnit.NANOSECONDS.toMillis(lastTrouble - troubledSince);
    event(
        presentMicros,
        EventSeverity.INFO,
        "journal-recovered",
        "the journal is synced again after " + lasted / 1_000 + " s",
        Map.of(
            "durationMillis",
            Long.toString(lasted),
            "failedSyncs",
            Long.toString(failures - failuresBefore)));
    failuresBefore = failures;
  }

  private void event(
      long presentMicros,
      EventSeverity severity,
      String type,
      String message,
      Map<String, String> detail) {
    events.accept(new EventRow(presentMicros, severity, type, "", message, new TreeMap<>(detail)));
  }
}
