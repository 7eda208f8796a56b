package io.edgeflow.gateway.uplink;

import java.time.Duration;

/**
 * How frames are sent.
 *
 * @param resendAfter how long a frame waits for its verdict before it goes again (L4); at least 100
 *     ms
 * @param helloTimeout how long hello waits for its answer before it is said again
 * @param connectTimeout after which an attempt to connect is given up
 * @param initialCredit bytes without a verdict until the cloud says otherwise
 * @param backlogShare of the bytes sent while live frames wait too, the backlog gets one in this
 *     many; at least 2
 */
public record UplinkSettings(
    Duration resendAfter,
    Duration helloTimeout,
    Duration connectTimeout,
    long initialCredit,
    int backlogShare) {
  public static final UplinkSettings DEFAULTS =
      new UplinkSettings(
          Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(15), 256 * 1024, 4);

  public UplinkSettings {
    if (resendAfter.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("resendAfter is below 100ms");
    }
    if (initialCredit < 0 || backlogShare < 2) {
      throw new IllegalArgumentException("credit below zero or backlogShare below 2");
    }
  }

  public UplinkSettings withResendAfter(Duration wait) {
    return new UplinkSettings(wait, helloTimeout, connectTimeout, initialCredit, backlogShare);
  }
}
