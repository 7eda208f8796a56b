package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue before one writer, in order of arrival. What finds no room is refused at once:
 * edges hold everything until it is committed, and send again. Thread-safe.
 */
final class Inbox {
  /** Something that an edge said. */
  sealed interface Message {
    /**
     * Bytes that claim to be a frame of this edge; never changed by anybody.
     *
     * @param settled run once when nothing is left to be done about them
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
    record Packed(String edge, byte[] bytes, long takenNanos, Runnable settled)
        implements Message {}

    record Greeting(Hello hello) implements Message {}

    record Sighting(Presence presence) implements Message {}
  }

  private static final int MESSAGE_BYTES = 512;

  private final Room room;
  private final int writer;
  private final Deque<Message> messages = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  /**
   * @param room in bytes, shared with the other writers
   */
  Inbox(Room room, int writer) {
    this.room = room;
    this.writer = writer;
  }

  /** False if there is no room, or nobody takes any more. Never waits for room. */
  boolean offer(Message message) {
    lock.lock();
    try {
      if (closed || !room.tryTake(writer, bytes(message))) {
        return false;
      }
      messages.add(message);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next; null when closed and empty. */
  @Nullable Message take() throws InterruptedException {
    lock.lock();
    try {
      while (messages.isEmpty() && !closed) {
        changed.await();
      }
      Message next = messages.poll();
      if (next != null) {
        room.give(writer, bytes(next));
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return messages.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what is in it can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long bytes(Message message) {
    return switch (message) {
      case Message.Packed packed -> packed.bytes().length + MESSAGE_BYTES;
      case Message.Greeting(Hello hello) -> Weight.of(hello);
      case Message.Sighting sighting -> MESSAGE_BYTES;
    };
  }
}
