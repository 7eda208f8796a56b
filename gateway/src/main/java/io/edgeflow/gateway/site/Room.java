package io.edgeflow.gateway.site;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of one connection that are on their way up: the credit of this hop. Any thread. */
final class Room {
  /** Beyond the frames, so that these never keep a hello or a report out. */
  static final long FOR_DOCUMENTS = 1 << 20;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  Room(long most) {
    this.most = most;
  }

  boolean take(long bytes, boolean isFrame) {
    long bound = isFrame ? most : most + FOR_DOCUMENTS;
    if (taken.addAndGet(bytes) > bound) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
