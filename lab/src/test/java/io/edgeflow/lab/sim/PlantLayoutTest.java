package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlantLayoutTest {
  @TempDir private Path directory;

  @Test
  void describesItselfInTheGatewaysOwnWords() throws Exception {
    var plant = PlantLayout.of(1, 8, Duration.ofMinutes(5));
    Path file = directory.resolve("gateway.yaml");
    Files.writeString(
        file, "edge: demo\n" + plant.gatewayYaml("127.0.0.1", 5020, Duration.ofMillis(500)));

    GatewayConfig config =
        new SettingsLoader(Map.of(), directory)
            .load(GatewayConfig.class, Optional.of(file), List.of())
            .value();

    var devices = config.modbus().devices();
    assertEquals(
        plant.slaves().size(), devices.values().stream().mapToInt(d -> d.points().size()).sum());
    assertEquals(Duration.ofMillis(500), devices.values().iterator().next().interval());
    assertEquals(plant.sensors().size(), config.series().size());
  }
}
