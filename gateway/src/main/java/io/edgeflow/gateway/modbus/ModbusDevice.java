package io.edgeflow.gateway.modbus;

import java.time.Duration;
import java.util.List;

/**
 * A unit to poll.
 *
 * @param name the name under which its counters and faults appear
 * @param unitId the unit (slave) on its line, 0..255
 * @param interval from one poll to the next, at least 10 ms
 * @param limits what one request to it may ask for
 */
public record ModbusDevice(
    String name, int unitId, Duration interval, PlanLimits limits, List<RegisterPoint> points) {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  public ModbusDevice {
    points = List.copyOf(points);
    check(!name.isBlank(), name, "needs a name");
    check(unitId >= 0 && unitId <= 255, name, "unitId must be 0..255, is " + unitId);
    check(interval.compareTo(SHORTEST) >= 0, name, "interval must be 10 ms or more");
  }

  private static void check(boolean holds, String name, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("Modbus device " + name + ": " + rule);
    }
  }
}
