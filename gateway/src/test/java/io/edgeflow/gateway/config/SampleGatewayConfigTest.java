package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.SettingsLoader;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadLimits;
import io.edgeflow.wire.payload.PayloadParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertEquals(defaults.sparkplug(), sample.sparkplug());
    assertEquals(defaults.dataDir(), sample.dataDir());
    assertEquals(Set.of("meter-1", "meter-2", "press-1"), sample.modbus().devices().keySet());
    assertTrue(sample.series().size() >= 3);
    assertEquals(7, sample.alarmRules().size());
    assertEquals(List.of(), defaults.alarms());
    assertEquals(2, sample.actions().size());
    assertEquals(List.of(), defaults.actions());
    assertEquals(defaults.scoring(), sample.scoring());
    assertEquals(defaults.deploy(), sample.deploy());
    assertEquals(defaults.hub(), sample.hub());
    SourceConfig source = Objects.requireNonNull(sample.sources().get("hall-2"));
    assertEquals(
        new SourceConfig(
            source.url(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            source.topics(),
            1,
            Optional.empty(),
            500,
            Duration.ofDays(7),
            SourceConfig.Retained.IGNORE,
            Duration.ofSeconds(30)),
        source);
    assertEquals(Map.of(), defaults.sources());
  }

  /** With the payloads that docs/mqtt.md shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sensors/pump-7/flow|21.5|pump-7/flow=21.5",
        "plant/4/press/data|{\"sensors\": {\"flow\": {\"value\": 21.5}, \"temp\": 613}, \"on\":"
            + " true, \"ts\": 1763672400, \"status\": \"OK\"}|4-press/flow=21.5@1763672400000000"
            + " 4-press/temp=61.3@1763672400000000 4-press/running=1.0@1763672400000000",
        "tele/tasmota/SENSOR|{\"Time\":\"2025-11-20T21:00:00\",\"AM2301\":{\"Temperature\":21.5},\"TempUnit\":\"C\"}"
            + "|tasmota/AM2301/Temperature=21.5@1763672400000000",
        "gateways/g1/up|{\"readings\": [{\"name\": \"flow\", \"v\": 21.5, \"t\": 1763672400000},"
            + " {\"name\": \"temp\", \"v\": 61, \"t\":"
            + " 1763672400000}]}|g1/flow=21.5@1763672400000000 g1/temp=61.0@1763672400000000",
        "log/press|Zeit;Durchfluss;Temperatur#20.11.2025 22:00:00;21,5;61"
            + "|press/flow=21.5@1763672400000000 press/temp=61.0@1763672400000000",
        "telegraf/pi/cpu|cpu,host=pi usage_idle=97.5,total=3i 1763672400000000000"
            + "|pi/cpu/total=3.0@1763672400000000 pi/cpu/usage_idle=97.5@1763672400000000",
        "home/lamp/power|on|lamp/power=1.0"
      })
  void theSampleOfMappingsTakesWhatItIsExplainedWith(String topic, String payload, String readings)
      throws Exception {
    List<MappingConfig> mappings =
        new SettingsLoader(Map.of(), HOME)
            .load(GatewayConfig.class, Optional.of(HOME.resolve("config/mappings.yaml")), List.of())
            .value()
            .mappings();
    ParsedMessage message =
        new PayloadParser(
                MappingConfig.mappings(mappings, ZoneId.of("UTC")), PayloadLimits.STANDARD)
            .parse(topic, payload.replace('#', '\n').getBytes(StandardCharsets.UTF_8));
    assertEquals(ParsedMessage.Outcome.READINGS, message.outcome(), message.detail());
    assertEquals(
        readings,
        IntStream.range(0, message.size())
            .mapToObj(
                i ->
                    message.series(i)
                        + "="
                        + Math.round(message.number(i) * 1e6) / 1e6
                        + (message.stamped(i) ? "@" + message.stampMicros(i) : ""))
            .collect(Collectors.joining(" ")));
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
