package io.edgeflow.gateway.modbus;

import java.time.Duration;
import java.util.List;

/**
 * The units of one line.
 *
 * @param name of the line, for logs and threads
 * @param timeout how long one connect or one answer may take
 * @param retries how often a request is repeated before its unit counts as silent, 0 or more
 */
public record ModbusBus(String name, Duration timeout, int retries, List<ModbusDevice> devices) {
  public ModbusBus {
    devices = List.copyOf(devices);
    if (retries < 0 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("line " + name + ": no time-out or negative retries");
    }
  }
}
