package io.edgeflow.gateway.source.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written: acknowledgements in the order of their messages, as MQTT wants it, a ping
 * when nothing else was written for a while, and a goodbye. One thread writes; any thread says
 * what.
 */
final class Outgoing {
  private final long pingNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final ArrayDeque<Unacknowledged> unacknowledged = new ArrayDeque<>();
  private boolean ending;
  private boolean over;

  /** A message whose acknowledgement has not been written. */
  final class Unacknowledged {
    private final int id;
    private boolean isDone;

    private Unacknowledged(int id) {
      this.id = id;
    }

    /** It goes out once all before it may. */
    void done() {
      lock.lock();
      try {
        isDone = true;
        if (unacknowledged.peek() == this) {
          news.signal();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * @param pingNanos after the last write
   */
  Outgoing(long pingNanos) {
    this.pingNanos = pingNanos;
  }

  /** A message came in. */
  Unacknowledged came(int id) {
    Unacknowledged message = new Unacknowledged(id);
    lock.lock();
    try {
      unacknowledged.add(message);
    } finally {
      lock.unlock();
    }
    return message;
  }

  /** Says goodbye after the acknowledgements that may go. */
  void end() {
    lock.lock();
    try {
      ending = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** There is nobody any more to write to. */
  void abandon() {
    lock.lock();
    try {
      over = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Returns after the goodbye, or when it was abandoned. */
  void writeAll(OutputStream out) throws IOException, InterruptedException {
    byte[] next;
    while ((next = awaitNext()) != null) {
      out.write(next);
      out.flush();
    }
  }

  private byte @Nullable [] awaitNext() throws InterruptedException {
    lock.lock();
    try {
      long left = pingNanos;
      while (!over && !ending && !isFirstDone()) {
        if (left <= 0) {
          return Packets.pingReq();
        }
        left = news.awaitNanos(left);
      }
      return over ? null : acknowledgements();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirstDone() {
    Unacknowledged first = unacknowledged.peek();
    return first != null && first.isDone;
  }

  private byte[] acknowledgements() {
    var bytes = new ByteArrayOutputStream();
    while (isFirstDone()) {
      Packets.pubAck(bytes, unacknowledged.remove().id);
    }
    if (ending) {
      bytes.writeBytes(Packets.disconnect());
      over = true;
    }
    return bytes.toByteArray();
  }

  /** How long a ping waits at most; less than the broker's patience. */
  static long pingNanos(int keepAliveSeconds) {
    return TimeUnit.SECONDS.toNanos(keepAliveSeconds) / 2;
  }
}
