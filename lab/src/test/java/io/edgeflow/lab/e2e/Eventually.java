package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what other processes do. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Eventually() {}

  /**
   * A condition may throw while a process is away; what it threw last is told if it never holds.
   */
  static void holds(String what, Callable<Boolean> condition, Supplier<String> otherwise)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e.toString();
      }
      Thread.sleep(50);
    }
    fail("not within " + PATIENCE + ": " + what + " " + last + "\n" + otherwise.get());
  }
}
