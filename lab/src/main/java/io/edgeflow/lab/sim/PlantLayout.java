package io.edgeflow.lab.sim;

import io.edgeflow.gateway.modbus.RegisterPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What stands in the plant.
 *
 * @param sensors what publishes over MQTT
 * @param slaves what is polled over Modbus
 * @param pumps whose drives are written over Modbus
 */
public record PlantLayout(
    List<SimulatedPoint> sensors, List<SlavePoint> slaves, List<DrivenPump> pumps) {
  public PlantLayout {
    sensors = List.copyOf(sensors);
    slaves = List.copyOf(slaves);
    pumps = List.copyOf(pumps);
  }

  /**
   * A plant of pumps, tanks and compressors, a boiler and a chiller. Equal arguments make equal
   * plants.
   *
   * @param devices over MQTT, 0 or more
   * @param cavitateEvery each pump cavitates once in every such stretch of time
   */
  public static PlantLayout of(long seed, int devices, Duration cavitateEvery) {
    return of(seed, devices, FaultPlan.byChance(cavitateEvery));
  }

  /**
   * The same with pumps that cavitate as a plan says. Their drives have a controller, which answers
   * over Modbus.
   */
  public static PlantLayout of(long seed, int devices, FaultPlan plan) {
    var kinds = new PlantDevices(seed, plan);
    List<SimulatedPoint> sensors = new ArrayList<>();
    for (int number = 0; number < devices; number++) {
      sensors.addAll(kinds.device(number));
    }
    return new PlantLayout(sensors, new SlaveDevices(seed).points(kinds.pumps()), kinds.pumps());
  }

  /**
   * For proofs: every form of saying a reading on series of its own, no Modbus.
   *
   * @param perForm series for each form
   */
  public static PlantLayout proof(long seed, Collection<PayloadForm> forms, int perForm) {
    List<SimulatedPoint> sensors = new ArrayList<>();
    for (PayloadForm form : forms) {
      String word = form.name().toLowerCase(Locale.ROOT).replace('_', '-');
      for (int i = 0; i < perForm; i++) {
        Signal signal = Signal.wander(seed + i, 50, Duration.ofSeconds(10));
        sensors.add(new SimulatedPoint(word, "point-" + i, "", 3, form, signal));
      }
    }
    return new PlantLayout(sensors, List.of(), List.of());
  }

  /**
   * A part of a gateway's configuration: the Modbus devices of this plant, and the units of what
   * comes over MQTT.
   *
   * @param host where the slaves answer
   */
  public String gatewayYaml(String host, int port, Duration interval) {
    StringBuilder yaml = new StringBuilder("modbus:\n  devices:\n");
    slavesByDevice().forEach((device, points) -> slave(yaml, device, points, host, port, interval));
    yaml.append("series:\n");
    for (SimulatedPoint sensor : sensors) {
      yaml.append("  - { match: \"").append(sensor.series()).append("\", unit: \"");
      yaml.append(sensor.unit()).append("\" }\n");
    }
    return yaml.toString();
  }

  private Map<String, List<SlavePoint>> slavesByDevice() {
    Map<String, List<SlavePoint>> devices = new LinkedHashMap<>();
    for (SlavePoint point : slaves) {
      String series = point.at().series();
      devices
          .computeIfAbsent(series.substring(0, series.indexOf('/')), d -> new ArrayList<>())
          .add(point);
    }
    return devices;
  }

  private static void slave(
      StringBuilder yaml,
      String device,
      List<SlavePoint> points,
      String host,
      int port,
      Duration interval) {
    yaml.append("    ").append(device).append(":\n");
    yaml.append("      host: \"").append(host).append("\"\n");
    yaml.append("      port: ").append(port).append('\n');
    yaml.append("      unitId: ").append(points.getFirst().unitId()).append('\n');
    yaml.append("      interval: ").append(interval.toMillis()).append("ms\n");
    yaml.append("      points:\n");
    for (SlavePoint point : points) {
      RegisterPoint at = point.at();
      yaml.append("        ").append(point.name()).append(": { address: ").append(at.address());
      yaml.append(", table: ").append(word(at.table())).append(", type: ").append(word(at.type()));
      yaml.append(", order: ").append(at.order());
      yaml.append(", scale: ").append(at.scale()).append(", offset: ").append(at.offset());
      yaml.append(", unit: \"").append(point.unit()).append("\" }\n");
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
