package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.DiskTrouble;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The syncing thread: takes what is due, writes it, and tries again for as long as that fails (J3).
 */
final class Syncer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Syncer.class);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STALL_NANOS = JournalHealth.STALL.toNanos();

  private final Intake intake;
  private final LogWriter writer;
  private final AtomicLong failures = new AtomicLong();
  private volatile JournalHealth.@Nullable Failing failing;

  Syncer(Intake intake, LogWriter writer) {
    this.intake = intake;
    this.writer = writer;
  }

  @Override
  public void run() {
    for (boolean running = true; running; ) {
      running =
          switch (intake.take()) {
            case Intake.Work.Sync(Batch batch) -> sync(batch);
            case Intake.Work.Marker() -> idle();
            case Intake.Work.Stop(boolean markerOwed) -> stop(markerOwed);
          };
    }
    writer.close();
  }

  private boolean sync(Batch batch) {
    boolean last = false;
    for (int attempt = 0; ; attempt++) {
      try {
        writer.write(batch);
        succeeded();
        intake.synced(batch);
        return true;
      } catch (IOException | RuntimeException | Error e) {
        failed(e);
      }
      if (last) {
        LOG.error("closed with records that were never synced: nobody who waited was told so");
        return false;
      }
      last = !intake.pause(pauseNanos(attempt));
    }
  }

  private boolean idle() {
    if (marker(RecordFormat.IDLE_MARKER)) {
      intake.markerWritten();
    } else {
      intake.markerFailed();
    }
    return true;
  }

  private boolean stop(boolean markerOwed) {
    if (markerOwed) {
      marker(RecordFormat.STOP_MARKER);
    }
    return false;
  }

  private boolean marker(int type) {
    try {
      writer.marker(type);
      succeeded();
      return true;
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
      return false;
    }
  }

  private void succeeded() {
    if (failing != null) {
      LOG.info("the journal can be synced again");
      failing = null;
    }
  }

  private void failed(Throwable e) {
    writer.abandon();
    if (failing == null) {
      LOG.error("the journal cannot be synced, nothing is acknowledged: error={}", e.toString(), e);
    }
    JournalHealth.Failing before = failing;
    long since = before == null ? System.nanoTime() : before.sinceNanos();
    // What has no name of its own is a fault of the disk or of ours: either way nothing is safe.
    DiskTrouble trouble = DiskTrouble.of(e).orElse(DiskTrouble.IO_ERROR);
    failing = new JournalHealth.Failing(trouble, String.valueOf(e.getMessage()), since);
    failures.incrementAndGet();
  }

  /** How long to wait after a failed attempt, counted from 0. */
  static long pauseNanos(int attempt) {
    return Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(attempt, 20));
  }

  /** Attempts that failed since the start. Any thread. */
  long failures() {
    return failures.get();
  }

  /** Any thread. */
  JournalHealth health() {
    JournalHealth.Failing error = failing;
    if (error != null) {
      return error;
    }
    Long since = writer.busySince();
    return since != null && System.nanoTime() - since > STALL_NANOS
        ? new JournalHealth.Stalled(since)
        : new JournalHealth.Ok();
  }
}
