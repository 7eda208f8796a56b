package io.edgeflow.lab.sim;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a group of sensors publishes.
 *
 * @param broker {@code tcp://host:port}
 * @param saysPerSecond how often a sensor of the group says something, all together
 * @param maxOpen messages that may wait for their acknowledgement
 * @param garbageEvery sends input that nobody wants
 */
public record PublisherSettings(
    URI broker,
    String clientId,
    Optional<Credentials> credentials,
    double saysPerSecond,
    int maxOpen,
    Optional<Duration> garbageEvery) {
  public PublisherSettings {
    if (broker.getHost() == null || broker.getPort() < 1) {
      throw new IllegalArgumentException(
          "the broker must be named as tcp://host:port, is " + broker);
    }
    if (!(saysPerSecond > 0) || maxOpen < 1) {
      throw new IllegalArgumentException("rate and maxOpen must be above 0");
    }
  }

  /** Without credentials and without garbage. */
  public static PublisherSettings plain(URI broker, String clientId, double saysPerSecond) {
    return new PublisherSettings(
        broker, clientId, Optional.empty(), saysPerSecond, 1_000, Optional.empty());
  }

  long gapNanos() {
    return Math.max(1, (long) (1e9 / saysPerSecond));
  }
}
