package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.OutgoingFrame;

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

  /** Older incarnations before newer ones, then by number. */
  record Key(long incarnation, long number) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(incarnation, other.incarnation);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  final OutgoingFrame frame;
  final Key key;
  State state = State.READY;
  boolean live;
  int sends;
  int rests;

  /** When a sent frame goes again or a resting one becomes ready; monotonic. */
  long dueNanos;

  Entry(OutgoingFrame frame, Key key, boolean live) {
    this.frame = frame;
    this.key = key;
    this.live = live;
  }
}
