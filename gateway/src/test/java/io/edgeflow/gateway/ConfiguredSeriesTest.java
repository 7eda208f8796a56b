package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.SeriesPolicy.Shape;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a polled point says of its series, and what an entry says where it says nothing. */
final class ConfiguredSeriesTest {
  private static final String METER =
      """
      edge: pi-7
      modbus:
        devices:
          meter:
            host: plc
            points:
              energy: { address: 1, type: uint16, kind: counter, scale: 0.5, unit: kWh, maxSilence: 5s }
              power: { address: 2, unit: W }
      """;

  @TempDir Path home;

  private Shape shape(String entries, String series) throws Exception {
    Path file = Files.writeString(home.resolve("gateway.yaml"), METER + "series: " + entries);
    GatewayConfig config =
        new SettingsLoader(Map.of("HOME", "x"), home)
            .load(GatewayConfig.class, Optional.of(file), List.of())
            .value();
    var series9 = new ConfiguredSeries(config.series(), ModbusParts.points(config.modbus()), 9);
    return series9.shape(series, series.endsWith("text"));
  }

  @Test
  void takesWhatAPointSaysOfItself() throws Exception {
    Shape energy =
        new Shape(Kind.COUNTER, "kWh", new CounterRule(32_768), Optional.of(Duration.ofSeconds(5)));
    assertEquals(energy, shape("[]", "meter/energy"));
    assertEquals(
        energy,
        shape("[{match: '*', kind: gauge, staleAfter: 9s}]", "meter/energy"),
        "and not an entry");
  }

  @Test
  void takesFromAnEntryWhatAPointDoesNotSay() throws Exception {
    assertEquals(new Shape(Kind.GAUGE, "W"), shape("[]", "meter/power"));
    assertEquals(
        new Shape(Kind.COUNTER, "VA", new CounterRule(100), Optional.of(Duration.ofSeconds(9))),
        shape(
            "[{match: 'meter/*', kind: counter, rollOver: 100, unit: VA, staleAfter: 9s}]",
            "meter/power"));
  }

  @Test
  void takesGaugesAndTextsWhereNobodySaysAnything() throws Exception {
    assertEquals(new Shape(Kind.GAUGE, ""), shape("[]", "pump/flow"));
    assertEquals(Kind.TEXT, shape("[{match: '*', kind: counter}]", "pump/text").kind());
  }
}
