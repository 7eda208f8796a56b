package io.edgeflow.gateway.modbus;

import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.time.Duration;

/** Lines to units on loopback. */
final class Lines {
  private Lines() {}

  /** A good device is slow where everything is: the first request of a cold JVM takes long. */
  static ModbusLine tcp(int port) {
    return tcp(port, Duration.ofSeconds(10));
  }

  /** Where no answer comes. */
  static ModbusLine hasty(int port) {
    return tcp(port, Duration.ofMillis(300));
  }

  static ModbusLine tcp(int port, Duration timeout) {
    return new StreamLine(new LineSettings(new Endpoint.Tcp("127.0.0.1", port), timeout));
  }
}
