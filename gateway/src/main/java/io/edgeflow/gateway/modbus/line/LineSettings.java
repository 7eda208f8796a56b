package io.edgeflow.gateway.modbus.line;

import java.time.Duration;

/**
 * How a line is spoken on.
 *
 * @param timeout of one connect and of one answer, at least 10 ms
 * @param connectPause how long a fresh connection is left alone; some gateways need it
 * @param requestPause the least time from an answer to the next request
 */
public record LineSettings(
    Endpoint endpoint, Duration timeout, Duration connectPause, Duration requestPause) {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  public LineSettings {
    if (timeout.compareTo(SHORTEST) < 0 || connectPause.isNegative() || requestPause.isNegative()) {
      throw new IllegalArgumentException(
          endpoint.words() + ": timeout must be 10 ms or more, and no pause below 0");
    }
  }

  /** Without pauses. */
  public LineSettings(Endpoint endpoint, Duration timeout) {
    this(endpoint, timeout, Duration.ZERO, Duration.ZERO);
  }

  /** The least time from an answer to the next request, where that ends a frame included. */
  Duration pause() {
    Duration silence =
        endpoint instanceof Endpoint.Serial serial ? serial.silence() : Duration.ZERO;
    return requestPause.compareTo(silence) > 0 ? requestPause : silence;
  }
}
