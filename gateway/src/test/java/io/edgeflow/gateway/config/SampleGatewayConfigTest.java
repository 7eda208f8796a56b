package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sample says that what it states are the defaults, examples apart: it must not lie. */
final class SampleGatewayConfigTest {
  private static final Path HOME = Path.of(System.getProperty("edgeflow.home", ".."));

  @Test
  void statesTheDefaultsAndItsExamplesLoad() throws Exception {
    var loader = new SettingsLoader(Map.of(), HOME);
    GatewayConfig sample =
        loader
            .load(GatewayConfig.class, Optional.of(HOME.resolve("config/gateway.yaml")), List.of())
            .value();
    GatewayConfig defaults =
        loader.load(GatewayConfig.class, Optional.empty(), List.of("edge=pi-7")).value();
    assertEquals(defaults.mqtt(), sample.mqtt());
    assertEquals(defaults.http(), sample.http());
    assertEquals(defaults.uplink(), sample.uplink());
    assertEquals(defaults.window(), sample.window());
    assertEquals(defaults.frame(), sample.frame());
    assertEquals(defaults.time(), sample.time());
    assertEquals(defaults.journal(), sample.journal());
    assertEquals(defaults.buffer(), sample.buffer());
    assertEquals(defaults.limits(), sample.limits());
    assertEquals(defaults.mappings(), sample.mappings());
    assertEquals(defaults.dataDir(), sample.dataDir());
    assertEquals(Set.of("press-1"), sample.modbus().devices().keySet());
    assertTrue(sample.series().size() >= 3);
    assertEquals(7, sample.alarmRules().size());
    assertEquals(List.of(), defaults.alarms());
    assertEquals(2, sample.actions().size());
    assertEquals(List.of(), defaults.actions());
    assertEquals(defaults.scoring(), sample.scoring());
    assertEquals(defaults.deploy(), sample.deploy());
    assertEquals(defaults.hub(), sample.hub());
  }

  @Test
  void theSampleOfModelsLoads() throws Exception {
    List<ScoringConfig> slots =
        new SettingsLoader(Map.of(), HOME)
            .load(GatewayConfig.class, Optional.of(HOME.resolve("config/scoring.yaml")), List.of())
            .value()
            .scoring();
    assertEquals(List.of("wear", "any"), slots.stream().map(ScoringConfig::slot).toList());
    assertEquals(ScoringConfig.Placement.INSIDE, slots.getFirst().process());
    assertEquals(Path.of("/var/lib/edgeflow/bundles/any-series-next"), slots.get(1).shadow().get());
  }
}
