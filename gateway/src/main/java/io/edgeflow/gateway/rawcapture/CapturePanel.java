package io.edgeflow.gateway.rawcapture;

import java.util.concurrent.CompletableFuture;

/** Where people ask for raw readings of the next time. Any thread. */
public interface CapturePanel {
  /** What is at work. */
  CompletableFuture<CaptureFigures> figures();

  /** Completes when it is on the disk. */
  CompletableFuture<CaptureOutcome> begin(CaptureOrder order);

  /**
   * Ends one before its time.
   *
   * @param who may be empty
   */
  CompletableFuture<CaptureOutcome> end(String id, String who);
}
