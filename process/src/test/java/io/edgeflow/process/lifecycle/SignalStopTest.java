package io.edgeflow.process.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class SignalStopTest {
  private final Lifecycle parts = new Lifecycle("test");
  private final List<Integer> ends = new ArrayList<>();

  @Test
  void closesEverythingAndEndsTheProcessWithZero() throws Exception {
    parts.open("disk", () -> "disk", _ -> {});
    stop(Duration.ofSeconds(5)).run();
    assertTrue(parts.isClosed());
    assertEquals(List.of(ExitCodes.DONE), ends);
  }

  @Test
  void saysFailedWhenAPartFailedToClose() throws Exception {
    parts.open(
        "disk",
        () -> "disk",
        _ -> {
          throw new IllegalStateException("full");
        });
    stop(Duration.ofSeconds(5)).run();
    assertEquals(List.of(ExitCodes.FAILED), ends);
  }

  @Test
  void cutsOffWhatDoesNotCloseInTime() throws Exception {
    var never = new CountDownLatch(1);
    parts.open("stuck", () -> "stuck", _ -> never.await());
    stop(Duration.ofMillis(50)).run();
    assertEquals(List.of(ExitCodes.FAILED), ends);
    assertEquals(List.of("stuck"), parts.stillOpen());
    never.countDown();
  }

  @Test
  void leavesTheExitCodeOfAProcessThatClosedItselfAlone() {
    parts.close();
    stop(Duration.ofSeconds(5)).run();
    assertEquals(List.of(), ends);
  }

  private SignalStop stop(Duration bound) {
    return new SignalStop(parts, bound, ends::add);
  }
}
