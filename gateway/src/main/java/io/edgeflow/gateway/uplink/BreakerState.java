package io.edgeflow.gateway.uplink;

/** Whether trying is worth it. */
public enum BreakerState {
  /** Works, or has not failed often enough to think otherwise. */
  CLOSED,
  /** Failed several times in a row: waits. */
  OPEN,
  /** Tries once, to see. */
  HALF_OPEN
}
