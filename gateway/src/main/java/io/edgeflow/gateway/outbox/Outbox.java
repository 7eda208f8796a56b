package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The sending side's view of the journal. Safe from any thread: the work hops to the owner thread.
 */
public interface Outbox {

  /**
   * Hears of what changes among the frames that wait for a verdict; called on the owner thread, so
   * it must only hand over.
   */
  interface Listener {
    /** A frame was numbered, and its record is synced (J5). */
    void frame(OutgoingFrame frame);

    /** Frames of this lane wait, perhaps against what a verdict said (L3, J4): pages tell which. */
    void reopened(Lane lane);

    /**
     * Frames that waited wait no more, though the cloud judged none of them: they were coarsened,
     * dropped or found unreadable. They must not be sent.
     */
    void gone(Incarnation incarnation, Lane lane, long from, long to);
  }

  /**
   * Tells of every change from now on; what waits already is read in pages. One listener at a time:
   * the newest.
   */
  void subscribe(Listener listener);

  /**
   * Reads some of the frames that wait for a verdict and whose records are synced. The receiver is
   * called on the owner thread, in order with what the {@link Listener} hears: a frame that is not
   * on a page which should hold it was numbered later, and is announced later, or waits no more.
   */
  void page(PageRequest request, Consumer<FramePage> receiver);

  /**
   * Journals the aligned block of 64 numbers around this frame as offered (J7); done when that is
   * synced.
   */
  CompletableFuture<Void> offer(FrameId anyOfBlock);

  /**
   * The encoded frame, read back from where it lies and checked, for being sent: from then on
   * verdicts on it count. Blocks for the disk.
   *
   * @throws FrameLost if it is certain that it does not lie there any more: then {@link #lost} must
   *     hear of it. Any other failure may be one of the moment
   */
  byte[] read(OutgoingFrame frame) throws IOException;

  /**
   * A frame was not found where it was said to lie. If it lies elsewhere by now, pages tell where;
   * if not, it becomes dropped, is counted and told as an event, and the listener hears that it is
   * gone.
   */
  CompletableFuture<Void> lost(OutgoingFrame frame);

  /**
   * Journals the verdicts of an acknowledgement on frames that were {@link #read}. What it does not
   * name exactly is ignored (L2), and so is what waits and was never sent: the verdict is on the
   * bytes of a copy of this directory, or from before a restart, and the frame is to be sent (J4).
   * The listener hears of such frames as of reopened ones.
   */
  CompletableFuture<Void> settle(Acknowledgement acknowledgement);

  /**
   * Compares a full answer with what is held (L3): committed frames that the cloud lacks wait again
   * where their bytes are still here, and become dropped where they are not.
   */
  CompletableFuture<Void> reconcile(Acknowledgement full);

  /**
   * What hello tells: every incarnation held, with the fate of every number that is not pending.
   */
  CompletableFuture<List<HeldIncarnation>> account();
}
