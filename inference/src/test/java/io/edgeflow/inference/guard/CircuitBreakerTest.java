package io.edgeflow.inference.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.guard.BreakerState.Closed;
import io.edgeflow.inference.guard.BreakerState.HalfOpen;
import io.edgeflow.inference.guard.BreakerState.Open;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
  private final CircuitBreaker breaker =
      new CircuitBreaker(new BreakerSettings(3, Duration.ofNanos(100), Duration.ofNanos(350)));

  @Test
  void opensAfterSomeFailuresInARow() {
    fail(2, 0);
    assertEquals(new Closed(8), breaker.state());
    fail(1, 7);
    assertEquals(new Open(107, 1), breaker.state());
    assertFalse(breaker.permits(106));
    assertTrue(breaker.permits(107));
    assertEquals(new HalfOpen(1), breaker.state());
  }

  @Test
  void successesOutweighFewFailuresOnly() {
    for (int i = 0; i < 1000; i++) {
      fail(1, 0);
      succeed(4);
    }
    assertEquals(new Closed(0), breaker.state());

    int rounds = 0;
    while (breaker.state() instanceof Closed) {
      fail(1, 0);
      succeed(3);
      rounds++;
    }
    assertEquals(9, rounds, "every fourth call fails");
  }

  @Test
  void oneCallDecidesAndTheWaitDoubles() {
    fail(3, 0);
    assertTrue(breaker.permits(100));
    assertFalse(breaker.permits(100), "a second one while the first is on its way");
    breaker.failed(110);
    assertEquals(new Open(310, 2), breaker.state());
    assertTrue(breaker.permits(310));
    breaker.failed(310);
    assertEquals(new Open(660, 3), breaker.state(), "no longer than the longest");
    assertTrue(breaker.permits(660));
    breaker.succeeded();
    assertEquals(new Closed(0), breaker.state());
    fail(3, 1000);
    assertEquals(new Open(1100, 1), breaker.state(), "from the beginning again");
  }

  @Test
  void aCallThatWasNotMadeDecidesNothing() {
    fail(3, 0);
    assertTrue(breaker.permits(100));
    breaker.notCalled(120);
    assertEquals(new Open(120, 1), breaker.state());
    assertTrue(breaker.permits(120));
  }

  @Test
  void callsFromBeforeItOpenedChangeNothing() {
    fail(3, 0);
    breaker.succeeded();
    breaker.failed(50);
    assertEquals(new Open(100, 1), breaker.state());
  }

  @Test
  void theMonotonicClockMayPassItsEnd() {
    fail(3, Long.MAX_VALUE - 10);
    assertFalse(breaker.permits(Long.MAX_VALUE));
    assertFalse(breaker.permits(Long.MIN_VALUE + 88));
    assertTrue(breaker.permits(Long.MIN_VALUE + 89));
  }

  private void fail(int times, long now) {
    for (int i = 0; i < times; i++) {
      breaker.failed(now);
    }
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      breaker.succeeded();
    }
  }
}
