package io.edgeflow.process.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private final Backoff backoff = new Backoff(100, 1000);

  @Test
  void doublesItsBoundUpToTheCap() {
    assertEquals(100, backoff.boundNanos(1));
    assertEquals(200, backoff.boundNanos(2));
    assertEquals(800, backoff.boundNanos(4));
    assertEquals(1000, backoff.boundNanos(5));
    assertEquals(1000, backoff.boundNanos(Integer.MAX_VALUE));
  }

  @Test
  void spreadsWaitsOverTheWholeBound() {
    Random random = new Random(7);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      long delay = backoff.delayNanos(9, random);
      assertTrue(delay >= 0 && delay <= 1000);
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    assertTrue(least < 50 && most > 950, least + " to " + most);
  }
}
