package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thread for many uplinks. */
final class UplinkThreadTest {
  private final ScheduledExecutorService shared = Executors.newSingleThreadScheduledExecutor();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    shared.shutdownNow();
  }

  @Test
  void closingLetsWhatWasHandedOverBeDoneAndLeavesTheThreadToOthers() throws Exception {
    UplinkThread one = UplinkThread.on(shared, () -> done.add("tick of one"));
    var other = new CountDownLatch(1);
    UplinkThread another = UplinkThread.on(shared, other::countDown);
    one.execute(() -> done.add("before"));
    one.close();
    assertEquals(List.of("before"), done);
    one.execute(() -> done.add("after"));
    another.execute(() -> another.wakeAfter(1));
    assertTrue(other.await(30, TimeUnit.SECONDS));
    assertEquals(List.of("before"), done);
    assertFalse(shared.isShutdown());
    another.close();
  }

  @Test
  void aFaultInOneIsNoneInAnother() throws Exception {
    UplinkThread one = UplinkThread.on(shared, () -> {});
    UplinkThread another = UplinkThread.on(shared, () -> {});
    var through = new CountDownLatch(1);
    one.execute(
        () -> {
          throw new IllegalStateException("a fault, as the test wants it");
        });
    another.execute(through::countDown);
    assertTrue(through.await(30, TimeUnit.SECONDS));
    one.close();
    another.close();
  }
}
