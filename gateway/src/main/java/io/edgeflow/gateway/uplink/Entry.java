package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.Lane;

/** A pending frame and how far it has come; no more of it is kept in memory than its place. */
final class Entry {
  enum State {
    READY,
    /** Chosen; its block is being journaled as offered. */
    OFFERING,
    /** Sent; waits for its verdict. */
    SENT,
    /** The cloud or the disk asked for patience. */
    RESTING
  }

  final OutgoingFrame frame;
  State state = State.READY;
  boolean live;

  /** The turn among those that are ready: the lower first. */
  long turn;

  int sends;
  int rests;

  /** When it was sent last; monotonic. */
  long sentNanos;

  /** When a sent frame goes again or a resting one becomes ready; monotonic. */
  long dueNanos;

  Entry(OutgoingFrame frame, boolean live, long turn) {
    this.frame = frame;
    this.live = live;
    this.turn = turn;
  }

  /** Waits for a time to come. */
  boolean timed() {
    return state == State.SENT || state == State.RESTING;
  }

  /** What people wait for: an event or a window that was numbered while the link worked. */
  boolean isNews() {
    return live && frame.id().lane() != Lane.RAW;
  }

  boolean inFlight() {
    return state == State.OFFERING || state == State.SENT;
  }
}
