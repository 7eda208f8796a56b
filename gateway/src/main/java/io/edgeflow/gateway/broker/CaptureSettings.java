package io.edgeflow.gateway.broker;

import java.time.Duration;

/**
 * How long a sender may wait, and how much of it.
 *
 * @param deadline after it, a connection with an acknowledgement still held back is closed, so that
 *     its sender connects and sends again
 * @param maxUnacknowledged publishes of one connection; beyond it the connection is not read until
 *     half of them are acknowledged
 */
public record CaptureSettings(Duration deadline, int maxUnacknowledged) {
  public static final CaptureSettings DEFAULT = new CaptureSettings(Duration.ofSeconds(10), 4_096);

  public CaptureSettings {
    if (!deadline.isPositive() || maxUnacknowledged < 1) {
      throw new IllegalArgumentException("capture needs a positive deadline and window");
    }
  }
}
