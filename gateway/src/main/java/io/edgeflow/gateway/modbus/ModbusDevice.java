package io.edgeflow.gateway.modbus;

import java.time.Duration;
import java.util.List;

/**
 * A device to poll.
 *
 * @param name the name under which its counters and faults appear
 * @param port 1..65535
 * @param unitId the unit (slave) behind that address, 0..255
 * @param interval from one poll to the next, at least 10 ms
 * @param timeout how long one connect or one answer may take, at least 10 ms
 */
public record ModbusDevice(
    String name,
    String host,
    int port,
    int unitId,
    Duration interval,
    Duration timeout,
    List<RegisterPoint> points) {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  public ModbusDevice {
    points = List.copyOf(points);
    check(!name.isBlank() && !host.isBlank(), name, "needs a name and a host");
    check(port >= 1 && port <= 65_535, name, "port must be 1..65535, is " + port);
    check(unitId >= 0 && unitId <= 255, name, "unitId must be 0..255, is " + unitId);
    check(interval.compareTo(SHORTEST) >= 0, name, "interval must be 10 ms or more");
    check(timeout.compareTo(SHORTEST) >= 0, name, "timeout must be 10 ms or more");
  }

  private static void check(boolean holds, String name, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("Modbus device " + name + ": " + rule);
    }
  }
}
