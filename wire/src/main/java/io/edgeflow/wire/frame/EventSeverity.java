package io.edgeflow.wire.frame;

import java.util.Optional;

/** How much a person should care. */
public enum EventSeverity {
  INFO(0),
  WARNING(1),
  ALARM(2);

  private final int code;

  EventSeverity(int code) {
    this.code = code;
  }

  /** The number that stands for the severity in frames; never changes. */
  public int code() {
    return code;
  }

  public static Optional<EventSeverity> ofCode(int code) {
    for (EventSeverity severity : values()) {
      if (severity.code == code) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
