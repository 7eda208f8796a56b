package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The sending side's view of the journal. Safe from any thread: the work hops to the owner thread.
 */
public interface Outbox {

  /**
   * Hears of frames that wait for a verdict; called on the owner thread, so it must only hand over.
   */
  interface Listener {
    /**
     * A frame whose record is synced (J5).
     *
     * @param live false for a frame that waited from before the subscription, or that must go again
     */
    void frame(OutgoingFrame frame, boolean live);
  }

  /** Announces every pending frame, then each new one. One listener at a time: the newest. */
  void subscribe(Listener listener);

  /**
   * Journals the aligned block of 64 numbers around this frame as offered (J7); done when that is
   * synced.
   */
  CompletableFuture<Void> offer(FrameId anyOfBlock);

  /** The encoded frame, read back from the journal and checked. */
  byte[] read(OutgoingFrame frame) throws IOException;

  /** Journals the verdicts of an acknowledgement. What it does not name exactly is ignored (L2). */
  CompletableFuture<Void> settle(Acknowledgement acknowledgement);

  /**
   * Compares a full answer with what is held (L3): committed frames that the cloud lacks are
   * announced again where their bytes are still here, and become dropped where they are not.
   */
  CompletableFuture<Void> reconcile(Acknowledgement full);

  /**
   * What hello tells: every incarnation held, with the fate of every number that is not pending.
   */
  CompletableFuture<List<HeldIncarnation>> account();
}
