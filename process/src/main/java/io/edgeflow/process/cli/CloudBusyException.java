package io.edgeflow.process.cli;

import java.io.IOException;
import java.time.Duration;

/** A cloud has too much to do just now. */
public final class CloudBusyException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  CloudBusyException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long it asks to be left alone. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
