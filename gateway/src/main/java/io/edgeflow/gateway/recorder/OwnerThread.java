package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.capture.Dialect;
import io.edgeflow.gateway.capture.IntakeQueue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The owner thread (J1). In each round it runs what others asked of it, decides and appends a batch
 * of messages, numbers what is due, and keeps the journal's segments in order. It never waits for
 * the disk: submissions are settled by the syncing thread, or early where that was chosen. Where
 * unsynced bytes pile up or there is no room on the disk, it stops taking messages; the queue
 * before it fills, and senders feel it as acknowledgements that do not come (A2).
 */
final class OwnerThread implements Runnable {
  private static final int BATCH = 512;

  /** About what a message takes, so that a batch is small where little may wait. */
  private static final long MESSAGE_BYTES = 1 << 10;

  /** Of a heap that is small. With 8 192 messages this is a kilobyte each, more than most have. */
  private static final long QUEUE_BYTES = 8 << 20;

  private static final long TICK_NANOS = 100_000_000;
  private static final long IDLE_NANOS = 5_000_000_000L;
  private static final long SOON_NANOS = 1_000_000;

  private final Mailbox mailbox;
  private final EdgeState state;
  private final Journal journal;
  private final Scribe scribe;
  private final Decider decider;
  private final AlarmKeeper alarms;
  private final CounterKeeper counters;
  private final SilenceWatch silence;
  private final CaptureKeeper captures;
  private final Closing closing;
  private final Timekeeper time;
  private final Housekeeping housekeeping;
  private final SpaceKeeper space;
  private final IntakeQueue intake;
  private final EarlyWord earlyWord;
  private final LoadMeter meter;
  private final JournalWatch watch;
  private final ClockWatch clockWatch;
  private final long mostUnsyncedBytes;
  private final int mostAtOnce;
  private final List<Submission> batch = new ArrayList<>(BATCH);
  private final Thread thread = Thread.ofPlatform().name("edgeflow-owner").unstarted(this);
  private volatile boolean running = true;
  private boolean taking;
  private long nextTickNanos;

  OwnerThread(
      Mailbox mailbox,
      EdgeState state,
      Journal journal,
      Scribe scribe,
      Decider decider,
      AlarmKeeper alarms,
      CounterKeeper counters,
      SilenceWatch silence,
      CaptureKeeper captures,
      Closing closing,
      Timekeeper time,
      Housekeeping housekeeping,
      SpaceKeeper space,
      EarlyWord earlyWord,
      LoadMeter meter,
      RecorderSettings settings) {
    this.mailbox = mailbox;
    this.state = state;
    this.journal = journal;
    this.scribe = scribe;
    this.decider = decider;
    this.alarms = alarms;
    this.counters = counters;
    this.silence = silence;
    this.captures = captures;
    this.closing = closing;
    this.time = time;
    this.housekeeping = housekeeping;
    this.space = space;
    this.earlyWord = earlyWord;
    this.meter = meter;
    this.watch = new JournalWatch(scribe::event);
    this.clockWatch = new ClockWatch(state, scribe);
    this.mostUnsyncedBytes = settings.mostUnsyncedBytes();
    this.mostAtOnce = Math.clamp(mostUnsyncedBytes / MESSAGE_BYTES, 1, BATCH);
    this.intake = new IntakeQueue(settings.queueCapacity(), QUEUE_BYTES, mailbox::wake);
  }

  IntakeQueue intake() {
    return intake;
  }

  /** Owner thread only. */
  void understand(Dialect dialect) {
    decider.understand(dialect);
  }

  void start(Consumer<Throwable> onBroken) {
    thread.setUncaughtExceptionHandler((dead, cause) -> onBroken.accept(cause));
    thread.start();
  }

  @Override
  public void run() {
    while (running || !mailbox.isEmpty()) {
      boolean worked = round();
      if (!worked) {
        rest();
      }
    }
  }

  private boolean round() {
    boolean worked = mailbox.open();
    time.look();
    housekeeping.rollIfDue();
    space.round();
    if (journal.unsyncedBytes() >= mostUnsyncedBytes / 2) {
      // A long commit interval alone must never be what stops the intake.
      journal.wantSyncNow();
    }
    taking =
        housekeeping.mayAppend() && space.roomNow() && journal.unsyncedBytes() < mostUnsyncedBytes;
    if (taking) {
      worked |= takeBatch();
    }
    if (time.nanos() - nextTickNanos >= 0) {
      nextTickNanos = time.nanos() + TICK_NANOS;
      tick();
    }
    return worked;
  }

  private boolean takeBatch() {
    batch.clear();
    long enough = Math.max(1, mostUnsyncedBytes - journal.unsyncedBytes());
    if (intake.drain(batch, mostAtOnce, enough) == 0) {
      intake.invite();
      return false;
    }
    earlyWord.look();
    boolean waits = false;
    for (Submission submission : batch) {
      waits |= take(submission);
    }
    if (waits) {
      journal.wantSync();
    }
    intake.invite();
    return true;
  }

  /** True if somebody waits for the message to be synced. */
  private boolean take(Submission submission) {
    decider.decide(submission);
    submission.decided();
    if (decider.accepted() == 0) {
      submission.settleSafe();
      return false;
    }
    scribe.message(decider.record(), alarms.changes(), submission, time.presentMicros());
    alarms.written();
    counters.tell();
    closing.taken(time);
    earlyWord.appended(submission);
    return true;
  }

  private void tick() {
    decider.tick();
    alarms.tick();
    captures.tick();
    counters.tick(time.nanos(), time.presentMicros());
    if (taking && silence.tick()) {
      closing.taken(time);
    }
    closing.tick(time);
    long vouched = time.vouchedToPersist();
    if (vouched != 0) {
      scribe.vouched(vouched);
    }
    clockWatch.tick(time);
    meter.tick(time.nanos(), scribe);
    watch.tick(journal.health(), journal.failures(), time.nanos(), time.presentMicros());
    space.tick(time.nanos());
  }

  private void rest() {
    mailbox.rest(restNanos(), () -> taking && (!intake.isEmpty() || intake.shouldInvite()));
  }

  private long restNanos() {
    if (!intake.isEmpty() || housekeeping.busy() || space.busy()) {
      return SOON_NANOS;
    }
    boolean idle =
        closing.idle()
            && alarms.idle()
            && counters.idle()
            && silence.idle()
            && captures.idle()
            && decider.idle();
    return idle ? IDLE_NANOS : TICK_NANOS;
  }

  /**
   * Ends the incarnation (J4): takes what still waits, numbers every window, and seals. The thread
   * goes on, so that the last frames can be sent and their verdicts recorded.
   *
   * @return completes when the seal is synced and every frame before it was announced
   */
  CompletableFuture<Void> seal() {
    CompletableFuture<Void> sealed = new CompletableFuture<>();
    mailbox.post(
        () -> {
          while (takeBatch()) {}
          time.look();
          closing.everything(time.presentMicros());
          Incarnation current = state.frames.current();
          if (current != null) {
            // Through the mailbox, behind the announcements of the last frames: whoever waits for
            // the seal may then rely on having heard of every frame.
            scribe.seal(current, (number, position) -> mailbox.post(() -> sealed.complete(null)));
          } else {
            sealed.complete(null);
          }
          housekeeping.stopTaking();
          space.stop();
        });
    return sealed;
  }

  /** Ends the thread after what was asked so far. The caller closes the journal. */
  void stop() {
    running = false;
    mailbox.post(() -> {});
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
