package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.uplink.BreakerState;
import io.edgeflow.gateway.uplink.UplinkCounts;
import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.gateway.uplink.UplinkStatus;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class UplinkGaugeTest {
  private UplinkState state = UplinkState.SENDING;
  private int inFlight;
  private int held;
  private long oldest = UplinkStatus.NONE;
  private long now = -TimeUnit.SECONDS.toNanos(3);
  private final UplinkGauge gauge =
      new UplinkGauge(
          () ->
              new UplinkStatus(
                  state,
                  0,
                  BreakerState.CLOSED,
                  0,
                  1,
                  1,
                  inFlight,
                  held,
                  false,
                  oldest,
                  "",
                  0,
                  "",
                  new UplinkCounts(0, 0, 0, 0, 0)),
          () -> now);

  private boolean behindAfter(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    return gauge.getAsBoolean();
  }

  @Test
  void isNotBehindWhileVerdictsCome() {
    inFlight = 1;
    held = 1;
    for (oldest = 0; oldest < 20; oldest++) {
      assertFalse(behindAfter(700));
    }
    oldest = UplinkStatus.NONE;
    assertFalse(behindAfter(10_000));
    assertFalse(behindAfter(10_000));
  }

  @Test
  void isBehindWhenALiveFrameWaits() {
    oldest = 7;
    assertFalse(behindAfter(0));
    assertFalse(behindAfter(700));
    assertTrue(behindAfter(100));
    oldest = 8;
    assertFalse(behindAfter(100));
  }

  @Test
  void isBehindWhenFramesHaveWaitedForTheLineForAWhile() {
    held = 5;
    inFlight = 3;
    assertFalse(behindAfter(0));
    assertFalse(behindAfter(1_900));
    assertTrue(behindAfter(200));
    held = 3;
    assertFalse(behindAfter(1));
  }

  @Test
  void isNotBehindWithoutAConnection() {
    oldest = 7;
    held = 5;
    behindAfter(0);
    state = UplinkState.CONNECTING;
    assertFalse(behindAfter(10_000));
    state = UplinkState.SENDING;
    assertFalse(behindAfter(1));
  }
}
