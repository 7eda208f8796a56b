package io.edgeflow.gateway.scoring;

/** Waits for threads that end. */
final class Joining {
  private Joining() {}

  /** Not longer than this; an interrupt ends it at once, and stays. */
  static void join(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
