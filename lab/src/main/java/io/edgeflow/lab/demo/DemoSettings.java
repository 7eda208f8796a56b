package io.edgeflow.lab.demo;

import io.edgeflow.lab.fleet.Keys;
import io.edgeflow.lab.sim.DrivenPump;
import io.edgeflow.lab.sim.PlantLayout;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the gateway and the cloud of a demo are told.
 *
 * @param bundle of the model that watches the pumps
 * @param window length of a window, whole seconds
 * @param slowFor how long a pump is slow at least
 * @param keys whose models and whose rollouts count
 */
record DemoSettings(PlantLayout plant, Path bundle, Duration window, Duration slowFor, Keys keys) {
  static final String EDGE = "demo";

  /** Of the score of a pump: beyond 1 it is none that a healthy pump gave. */
  static final String RULE = "unhealthy.h";

  String cloudYaml(Path data, DemoSystem.Addresses addresses) {
    return """
    dataDir: "%s"
    mqtt: { host: 127.0.0.1, port: %d }
    http: { host: 127.0.0.1, port: %d }
    deploy: { root: "%s", signingKey: "%s" }
    """
        .formatted(data, addresses.edges(), addresses.dashboard(), keys.root(), keys.controller());
  }

  String gatewayYaml(Path data, DemoSystem.Addresses addresses) {
    return """
    edge: %s
    site: demo-hall
    dataDir: "%s"
    mqtt: { host: 127.0.0.1, port: %d }
    http: { host: 127.0.0.1, port: %d }
    uplink: { url: "tcp://127.0.0.1:%d" }
    deploy: { root: "%s", url: "http://127.0.0.1:%d" }
    window: { length: %ds }
    """
            .formatted(
                EDGE,
                data,
                addresses.sensors(),
                addresses.edgePages(),
                addresses.edges(),
                keys.root(),
                addresses.dashboard(),
                window.toSeconds())
        + plant.gatewayYaml("127.0.0.1", addresses.modbus(), Duration.ofSeconds(1))
        + watching();
  }

  /** A model, an alarm on its score, and for each pump what the alarm does. */
  private String watching() {
    var yaml = new StringBuilder();
    yaml.append("scoring:\n  - { slot: %s, bundle: \"%s\" }\n".formatted(PumpModel.SLOT, bundle));
    yaml.append(
        """
        alarms:
          - name: unhealthy
            series: "%s"
            limits: { h: 1, deadband: 0.1 }
            onDelay: 1s
            offDelay: 3s
            priority: high
            advice: look at the suction side of the pump
            capture: { before: 30s, after: 15s }
        actions:
        """
            .formatted(score("pump-*")));
    plant.pumps().forEach(pump -> yaml.append(action(pump)));
    return yaml.toString();
  }

  private String action(DrivenPump driven) {
    String pump = driven.pump().name();
    return """
      - name: %s
        when: { series: %s, alarm: %s }
        modbus: { device: %s, coil: %d }
        minOn: %ds
        stale: 1m
        safe: off
    """
        .formatted(
            actionOf(pump),
            score(pump),
            RULE,
            DrivenPump.CONTROLLER,
            driven.address(),
            slowFor.toSeconds());
  }

  static String actionOf(String pump) {
    return "slow-" + pump;
  }

  /** The series of a pump's score. */
  static String score(String pump) {
    return pump + "/" + PumpModel.SLOT + ".score";
  }
}
