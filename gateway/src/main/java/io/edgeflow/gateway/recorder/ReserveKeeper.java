package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.disk.DiskTrouble;
import io.edgeflow.gateway.disk.Reserve;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.JournalHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the reserve up when the journal cannot be synced for lack of room, so that what waits and
 * the verdicts that free segments can be written; makes it again when there is clearly room (J9).
 * Owned by the owner thread; the disk's work is done on a thread of its own, one thing at a time.
 */
final class ReserveKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReserveKeeper.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

  private final Reserve reserve;
  private final Journal journal;
  private final long floorBytes;
  private final LongSupplier usableBytes;
  private @Nullable Thread worker;

  ReserveKeeper(Reserve reserve, Journal journal, long floorBytes, LongSupplier usableBytes) {
    this.reserve = reserve;
    this.journal = journal;
    this.floorBytes = floorBytes;
    this.usableBytes = usableBytes;
  }

  /** What can still be written to the volume; 0 if the disk does not say. */
  long usableBytes() {
    return usableBytes.getAsLong();
  }

  /** What it takes of the budget, held or not: its room is never another's. */
  long wantedBytes() {
    return reserve.wantedBytes();
  }

  /** What of the volume's free room is its own until it is made. */
  long missingBytes() {
    return reserve.held() ? 0 : Math.max(0, reserve.wantedBytes() - reserve.bytes());
  }

  /**
   * What must be free above the floor for it to be made: so much more than itself that the next
   * record does not cost it again.
   */
  long restoredFromBytes() {
    return reserve.held() ? 0 : missingBytes() + reserve.wantedBytes() / 8;
  }

  /** Looks whether the journal fails for lack of room; often, and cheap while it does not. */
  void look() {
    if (journal.health() instanceof JournalHealth.Failing failing
        && failing.trouble() == DiskTrouble.NO_SPACE) {
      giveUp();
    }
  }

  /** Some step that makes room found none itself. */
  void failed(Exception e) {
    if (DiskTrouble.of(e).equals(Optional.of(DiskTrouble.NO_SPACE))) {
      giveUp();
    }
  }

  void giveUp() {
    if (reserve.bytes() > 0) {
      start(reserve::giveUp);
    }
  }

  void restoreIfRoom() {
    if (!reserve.held()
        && journal.health() instanceof JournalHealth.Ok
        && usableBytes.getAsLong() >= floorBytes + restoredFromBytes()) {
      start(reserve::restore);
    }
  }

  /** What is asked for while something is being done is asked for again. */
  private void start(Runnable work) {
    if (worker == null || !worker.isAlive()) {
      worker = Thread.ofPlatform().name("edgeflow-reserve").daemon().start(work);
    }
  }

  /** After this nothing here touches the directory any more. */
  @Override
  public void close() {
    reserve.close();
    try {
      if (worker != null && !worker.join(CLOSE_WAIT)) {
        log.warn("the disk does not answer; the reserve is left as it is");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
