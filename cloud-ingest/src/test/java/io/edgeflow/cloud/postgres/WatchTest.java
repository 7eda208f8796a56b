package io.edgeflow.cloud.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class WatchTest {
  @TempDir Path data;

  @Test
  void letsAStartComeToItsEndBeforeItEnds() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger completed = new AtomicInteger();
    Watch watch =
        Watch.over(
            dead(1),
            () -> {
              starting.countDown();
              await(started);
              completed.incrementAndGet();
              return dead(2);
            });
    await(starting);
    Thread end = Thread.ofPlatform().start(watch::end);
    while (end.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    started.countDown();
    end.join();
    assertEquals(1, completed.get());
    assertEquals(2, watch.pid());
    assertFalse(watch.end(), "it had ended");
  }

  @Test
  void triesAgainWhereAStartFails() throws Exception {
    CountDownLatch tries = new CountDownLatch(3);
    Watch watch =
        Watch.over(
            dead(1),
            () -> {
              tries.countDown();
              throw new IOException("not yet");
            });
    assertTrue(tries.await(20, TimeUnit.SECONDS));
    assertTrue(watch.end());
  }

  /** No process works in a directory that is made for this test. */
  private Postmaster dead(long pid) {
    return new Postmaster(data, pid, 1);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IOException("cut off half-way", interrupted);
    }
  }
}
