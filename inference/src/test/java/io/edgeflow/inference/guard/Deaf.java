package io.edgeflow.inference.guard;

import java.util.concurrent.CountDownLatch;

/** Waits as native code does: nobody can interrupt it. */
final class Deaf {
  private Deaf() {}

  static void await(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException e) {
        over = false;
      }
    }
  }
}
