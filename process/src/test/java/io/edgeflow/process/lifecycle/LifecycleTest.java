package io.edgeflow.process.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LifecycleTest {
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Lifecycle parts = new Lifecycle("test");

  @Test
  void opensForwardsAndClosesBackwardsOnce() throws Exception {
    open("disk");
    open("broker");
    parts.close();
    parts.close();
    assertEquals(List.of("+disk", "+broker", "-broker", "-disk"), events);
    assertTrue(parts.isClosed());
    assertEquals(List.of(), parts.failures());
  }

  @Test
  void undoesAHalfFinishedStart() {
    var failure =
        assertThrows(
            IOException.class,
            () ->
                parts.start(
                    () -> {
                      open("disk");
                      parts.open("bad", () -> "bad", _ -> fail("bad"));
                      open("uplink");
                      return fail("port taken");
                    }));
    assertEquals("port taken", failure.getMessage());
    assertEquals(List.of("+disk", "+uplink", "-uplink", "-disk"), events);
    assertEquals("bad failed to close", failure.getSuppressed()[0].getMessage());
  }

  @Test
  void closesTheOthersWhenOneFailsAndCollectsEveryFailure() throws Exception {
    open("disk");
    parts.open("one", () -> "one", _ -> fail("first"));
    parts.open(
        "two",
        () -> "two",
        _ -> {
          throw new AssertionError("second");
        });
    parts.close();
    assertEquals(List.of("+disk", "-disk"), events);
    assertEquals(List.of("two", "one"), parts.failures().stream().map(CloseFailure::part).toList());
  }

  @Test
  void opensNothingOnceItIsClosing() throws Exception {
    open("disk");
    parts.close();
    assertThrows(IllegalStateException.class, () -> open("late"));
    assertEquals(List.of("+disk", "-disk"), events);
  }

  @Test
  void letsASecondCallerWaitUntilTheFirstHasClosedEverything() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    open("disk");
    parts.open(
        "slow",
        () -> "slow",
        _ -> {
          entered.countDown();
          release.await();
        });
    Thread first = Thread.ofPlatform().start(parts::close);
    entered.await();
    Thread second = Thread.ofPlatform().start(parts::close);
    assertEquals(List.of("slow", "disk"), parts.stillOpen());
    assertFalse(parts.isClosed());
    release.countDown();
    second.join();
    first.join();
    assertEquals(List.of("+disk", "-disk"), events);
  }

  private void open(String name) throws Exception {
    parts.open(
        name,
        () -> {
          events.add("+" + name);
          return name;
        },
        part -> events.add("-" + part));
  }

  private static String fail(String message) throws IOException {
    throw new IOException(message);
  }
}
