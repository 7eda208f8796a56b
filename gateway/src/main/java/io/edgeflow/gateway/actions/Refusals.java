package io.edgeflow.gateway.actions;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells of each reason at once, and then, while it goes on, no more than every ten seconds, with
 * how often it was: a cause that flaps a thousand times a second must not make a thousand events.
 */
final class Refusals {
  private static final long EVERY_NANOS = 10_000_000_000L;

  private static final class Told {
    long nanos;
    long since;
  }

  private final Map<String, Told> byReason = new HashMap<>();

  /** How many times it was since it was told last, this one included; 0 if it is not to be told. */
  long times(String reason, long nanos) {
    Told told = byReason.get(reason);
    if (told == null) {
      told = new Told();
      byReason.put(reason, told);
    } else if (nanos - told.nanos < EVERY_NANOS) {
      told.since++;
      return 0;
    }
    long times = told.since + 1;
    told.since = 0;
    told.nanos = nanos;
    return times;
  }
}
