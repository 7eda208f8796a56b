package io.edgeflow.process.kafka;

import java.time.Duration;

/** Ends threads. */
final class Threads {
  private Threads() {}

  /** Waits for it, interrupts it if it takes longer, and waits as long again. */
  static void end(Thread thread, Duration patience) {
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
        boolean ended = thread.join(patience);
        assert ended : thread;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
