package io.edgeflow.gateway.risk;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.ModbusDeviceConfig;
import java.time.Duration;

/**
 * The load that a configuration tells of: polls are named in it, sensors over MQTT are not. Where
 * it names no device, 100 sensors that send one reading a second stand for whatever comes.
 */
public final class ConfiguredLoad {
  private static final int SENSORS = 100;

  private ConfiguredLoad() {}

  public static Load of(GatewayConfig config) {
    double window = seconds(config.window().length());
    if (config.modbus().devices().isEmpty()) {
      return Load.of(
          Load.Basis.ASSUMED,
          SENSORS,
          SENSORS,
          SENSORS / window,
          "assumed: " + SENSORS + " sensors with one reading a second; nothing was measured yet");
    }
    double polls = 0;
    double points = 0;
    double windows = 0;
    for (ModbusDeviceConfig device : config.modbus().devices().values()) {
      double interval = seconds(device.interval());
      polls += 1 / interval;
      points += device.points().size() / interval;
      windows += device.points().size() / Math.max(interval, window);
    }
    return Load.of(
        Load.Basis.CONFIGURED,
        polls,
        points,
        windows,
        "the configured polls; what sensors publish comes on top");
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
