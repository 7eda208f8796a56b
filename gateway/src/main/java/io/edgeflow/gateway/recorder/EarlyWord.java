package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.JournalHealth;

/**
 * Tells senders that their messages are safe before they are, where the operator chose so: never
 * while syncs stall or fail, so that what a power cut can take is bounded by time, and not only by
 * the bytes that may wait for a sync (A2). Owned by the owner thread.
 */
final class EarlyWord {
  private final boolean chosen;
  private final Journal journal;
  private boolean given;

  EarlyWord(Acknowledge acknowledge, Journal journal) {
    this.chosen = acknowledge == Acknowledge.RECEIVED;
    this.journal = journal;
  }

  /** Once for each batch of messages. */
  void look() {
    given = chosen && journal.health() instanceof JournalHealth.Ok;
  }

  /** Its record was appended; the sync settles it if this does not. */
  void appended(Submission submission) {
    if (given) {
      submission.settleSafe();
    }
  }
}
