package io.edgeflow.gateway.actions;

import java.util.Optional;

/**
 * One cause and one output with two positions.
 *
 * @param output what is switched, for people: {@code press-1 coil 3}
 * @param onValue what is written to switch it on, for people
 * @param interlock must hold for the output to be on
 * @param minOnNanos how long it stays on at least
 * @param minOffNanos how long it stays off at least
 * @param maxPerMinute switches within any minute, 1 or more
 * @param expiresMicros a cause that is older switches nothing; 0 for never
 * @param staleNanos how long after its last usable reading a source counts as gone; 0 for never
 * @param dryRun everything but the writing
 */
public record ActionRule(
    String name,
    Cause cause,
    String output,
    String onValue,
    String offValue,
    Optional<Interlock> interlock,
    long minOnNanos,
    long minOffNanos,
    int maxPerMinute,
    long expiresMicros,
    long staleNanos,
    Safe safe,
    boolean dryRun) {
  /** Where the output goes when its source is gone. */
  public enum Safe {
    OFF,
    ON,
    /** It stays where it is. */
    HOLD
  }

  String value(boolean on) {
    return on ? onValue : offValue;
  }
}
