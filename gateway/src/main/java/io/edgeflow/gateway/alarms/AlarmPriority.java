package io.edgeflow.gateway.alarms;

import io.edgeflow.wire.frame.EventSeverity;
import java.util.Locale;

/** How soon somebody must act. */
public enum AlarmPriority {
  LOW(0),
  MEDIUM(1),
  HIGH(2),
  CRITICAL(3);

  private final int code;

  AlarmPriority(int code) {
    this.code = code;
  }

  /** The number that stands for it in the journal; never changes. */
  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no priority has this code
   */
  public static AlarmPriority ofCode(int code) {
    for (AlarmPriority priority : values()) {
      if (priority.code == code) {
        return priority;
      }
    }
    throw new IllegalArgumentException("no alarm priority has code " + code);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The next one up; the highest is its own. */
  public AlarmPriority raised() {
    return this == CRITICAL ? CRITICAL : ofCode(code + 1);
  }

  EventSeverity severity() {
    return this == LOW ? EventSeverity.WARNING : EventSeverity.ALARM;
  }
}
