package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.BacklogOrder;
import java.time.Duration;

/**
 * How frames are sent.
 *
 * @param resendAfter how long a frame waits for its verdict before it goes again (L4); at least 100
 *     ms
 * @param helloTimeout how long hello waits for its answer before it is said again
 * @param connectTimeout after which an attempt to connect is given up
 * @param reconnectCap bound of the random wait before another attempt to connect, reached by
 *     doubling from 1 s
 * @param initialCredit bytes without a verdict until the cloud says otherwise
 * @param backlogOrder in which order frames go that waited
 * @param backlogShare of the bytes sent while live frames wait too, the backlog gets one in this
 *     many; at least 2
 * @param drainJitter the backlog of a link that comes back waits for a random part of this, at most
 *     a quarter of the outage
 */
public record UplinkSettings(
    Duration resendAfter,
    Duration helloTimeout,
    Duration connectTimeout,
    Duration reconnectCap,
    long initialCredit,
    BacklogOrder backlogOrder,
    int backlogShare,
    Duration drainJitter) {
  public static final UplinkSettings DEFAULTS =
      new UplinkSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          256 * 1024,
          BacklogOrder.OLDEST,
          4,
          Duration.ofSeconds(5));

  public UplinkSettings {
    if (resendAfter.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("resendAfter is below 100ms");
    }
    if (reconnectCap.isZero() || reconnectCap.isNegative()) {
      throw new IllegalArgumentException("reconnectCap is not above zero");
    }
    if (initialCredit < 0 || backlogShare < 2 || drainJitter.isNegative()) {
      throw new IllegalArgumentException(
          "credit or drainJitter below zero, or backlogShare below 2");
    }
  }

  public UplinkSettings withResendAfter(Duration wait) {
    return new UplinkSettings(
        wait,
        helloTimeout,
        connectTimeout,
        reconnectCap,
        initialCredit,
        backlogOrder,
        backlogShare,
        drainJitter);
  }

  public UplinkSettings withReconnectCap(Duration cap) {
    return new UplinkSettings(
        resendAfter,
        helloTimeout,
        connectTimeout,
        cap,
        initialCredit,
        backlogOrder,
        backlogShare,
        drainJitter);
  }

  public UplinkSettings withBacklog(BacklogOrder order, int share, Duration jitter) {
    return new UplinkSettings(
        resendAfter,
        helloTimeout,
        connectTimeout,
        reconnectCap,
        initialCredit,
        order,
        share,
        jitter);
  }
}
