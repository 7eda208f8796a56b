package io.edgeflow.lab.bench;

import io.edgeflow.lab.load.LoadShape;
import java.time.Duration;

/**
 * What happens to a fleet.
 *
 * @param warmUp after all are connected, before anything is counted
 * @param steady how long nothing happens
 * @param outage how many minutes of the plants all are away; they are lived through in an instant.
 *     Zero: none
 */
record FleetPlan(LoadShape shape, Duration warmUp, Duration steady, Duration outage) {
  /** What the clocks of the plants show at the begin, so that they show the time in the end. */
  long startMicros() {
    Duration real = warmUp.plus(steady);
    long ahead = (long) (real.toMillis() * (shape.speed() - 1));
    return (System.currentTimeMillis() - outage.toMillis() - Math.max(0, ahead)) * 1_000;
  }
}
