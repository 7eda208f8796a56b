package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue before the writer, in order of arrival. What finds no room is refused at once:
 * edges hold everything until it is committed, and send again. Thread-safe.
 */
final class Inbox {
  /** Something that an edge said. */
  sealed interface Message {
    /** Bytes that claim to be a frame of this edge; never changed by anybody. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
    record Packed(String edge, byte[] bytes, long takenNanos) implements Message {}

    record Greeting(Hello hello) implements Message {}

    record Sighting(Presence presence) implements Message {}
  }

  private static final int MESSAGE_BYTES = 512;

  private final long limitBytes;
  private final Deque<Message> messages = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long bytes;
  private boolean closed;

  Inbox(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** False if there is no room, or nobody takes any more. Never waits for room. */
  boolean offer(Message message) {
    lock.lock();
    try {
      if (closed || bytes + bytes(message) > limitBytes) {
        return false;
      }
      messages.add(message);
      bytes += bytes(message);
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
        bytes -= bytes(next);
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
      case Message.Greeting greeting -> Hello.PAGE_BYTES;
      case Message.Sighting sighting -> MESSAGE_BYTES;
    };
  }
}
