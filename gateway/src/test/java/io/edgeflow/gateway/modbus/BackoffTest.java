package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  @Test
  void doublesFromTheFirstWaitToTheCap() {
    assertEquals(Duration.ofMillis(50), backoff.after(1, 0));
    assertEquals(Duration.ofMillis(100), backoff.after(2, 0));
    assertEquals(Duration.ofMillis(3_200), backoff.after(7, 0));
    assertEquals(Duration.ofSeconds(5), backoff.after(8, 0));
    assertEquals(Duration.ofSeconds(5), backoff.after(1_000_000, 0));
  }

  @Test
  void spreadsOverTheUpperHalf() {
    Duration latest = backoff.after(1, Math.nextDown(1.0));

    assertTrue(latest.compareTo(Duration.ofMillis(99)) > 0, () -> "latest " + latest);
    assertTrue(latest.compareTo(Duration.ofMillis(100)) <= 0, () -> "latest " + latest);
  }
}
