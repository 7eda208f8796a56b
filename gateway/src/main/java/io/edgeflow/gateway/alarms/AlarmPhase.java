package io.edgeflow.gateway.alarms;

import java.util.Locale;

/** Where an alarm stands between its condition and the people who answer it (ISA-18.2). */
public enum AlarmPhase {
  NORMAL(0),
  /** The condition holds and nobody has said that they know. */
  UNACKNOWLEDGED(1),
  /** The condition holds and somebody knows. */
  ACKNOWLEDGED(2),
  /** The condition is over and nobody has said that they know. */
  RETURNED(3);

  private final int code;

  AlarmPhase(int code) {
    this.code = code;
  }

  /** The number that stands for it in the journal; never changes. */
  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no phase has this code
   */
  public static AlarmPhase ofCode(int code) {
    for (AlarmPhase phase : values()) {
      if (phase.code == code) {
        return phase;
      }
    }
    throw new IllegalArgumentException("no alarm phase has code " + code);
  }

  /** Whether the condition holds. */
  public boolean active() {
    return this == UNACKNOWLEDGED || this == ACKNOWLEDGED;
  }

  public String word() {
    return this == RETURNED ? "returned-unacknowledged" : name().toLowerCase(Locale.ROOT);
  }
}
