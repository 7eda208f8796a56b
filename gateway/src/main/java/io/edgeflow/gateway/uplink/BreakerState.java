package io.edgeflow.gateway.uplink;

import java.util.Locale;

/** Whether trying is worth it. */
public enum BreakerState {
  /** Works, or has not failed often enough to think otherwise. */
  CLOSED,
  /** Failed several times in a row: waits. */
  OPEN,
  /** Tries once, to see. */
  HALF_OPEN;

  /** For people and documents: {@code half-open}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
