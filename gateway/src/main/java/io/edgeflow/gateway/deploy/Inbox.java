package io.edgeflow.gateway.deploy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** Documents that came in and wait for the agent. Any thread. */
public final class Inbox {
  private static final int MOST = 64;

  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private Runnable wake = () -> {};

  /**
   * A document, by whichever way; returns at once. Of very many the latest are kept: each replaces
   * those before it. That there is none any more says nothing.
   *
   * @param signed not to be changed any more
   */
  public void offered(byte[] signed) {
    if (signed.length == 0) {
      return;
    }
    Runnable hear;
    synchronized (this) {
      byte[] last = waiting.peekLast();
      if (last != null && Arrays.equals(last, signed)) {
        return;
      }
      waiting.add(signed);
      if (waiting.size() > MOST) {
        waiting.remove();
      }
      hear = wake;
    }
    hear.run();
  }

  /**
   * @param hear returns at once
   */
  synchronized void onOffer(Runnable hear) {
    wake = hear;
  }

  synchronized Optional<byte[]> take() {
    return Optional.ofNullable(waiting.poll());
  }
}
