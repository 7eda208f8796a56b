package io.edgeflow.gateway.site;

import java.time.Duration;

/**
 * @param mostClients relayed at the same time
 * @param queueBytes of each client's frames that are on their way up
 * @param reconnectCap bound of the random wait before another attempt to connect
 */
public record RelaySettings(int mostClients, long queueBytes, Duration reconnectCap) {
  public RelaySettings {
    if (mostClients < 1 || queueBytes < 1 || !reconnectCap.isPositive()) {
      throw new IllegalArgumentException("a bound of the relay is not positive");
    }
  }
}
