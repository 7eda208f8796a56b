package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.frame.FrameId;

/** What the plan wants done. */
sealed interface Action {
  record Connect(long attempt) implements Action {}

  record Disconnect(long attempt) implements Action {}

  /** Say hello; when its pages are out, tell the plan how many. */
  record Greet(long attempt, long greeting) implements Action {}

  /** Journal the block of this frame as offered (J7); then tell the plan. */
  record Offer(FrameId frame) implements Action {}

  /** Read frames that wait; then give them to the plan, with the generation. */
  record Page(PageRequest request, long generation) implements Action {}

  record Send(OutgoingFrame frame) implements Action {}

  record Settle(Acknowledgement acknowledgement) implements Action {}

  /** A full answer: what the cloud lacks must go again (L3). */
  record Reconcile(Acknowledgement full) implements Action {}
}
