package io.edgeflow.gateway;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.loopback.Loopback;
import io.edgeflow.process.settings.Settings;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of an edge process in a directory of the test's own, with ports nobody else has. */
final class EdgeSettings {
  final Path dataDir;
  final int mqttPort;
  final int httpPort;
  private final Optional<Path> file;

  EdgeSettings(Path dataDir) throws IOException {
    this(dataDir, Optional.empty());
  }

  /**
   * @param file what cannot be said in {@code key=value}
   */
  EdgeSettings(Path dataDir, Optional<Path> file) throws IOException {
    this.dataDir = dataDir;
    this.file = file;
    this.mqttPort = Loopback.freePort();
    this.httpPort = Loopback.freePort();
  }

  /**
   * @param more further {@code key=value} pairs, which win
   */
  Settings<GatewayConfig> with(String... more) throws SettingsException {
    return new SettingsLoader(Map.of(), dataDir).load(GatewayConfig.class, file, pairs(more));
  }

  /** All of them as {@code key=value}. */
  List<String> pairs(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "edge=pi-7",
                "dataDir=" + dataDir,
                "mqtt.port=" + mqttPort,
                "http.port=" + httpPort,
                // Nobody listens there: an edge needs no cloud to be ready.
                "uplink.url=tcp://127.0.0.1:9"));
    options.addAll(List.of(more));
    return options;
  }
}
