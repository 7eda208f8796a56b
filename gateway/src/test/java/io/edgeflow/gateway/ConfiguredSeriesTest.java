package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.config.ReportConfig;
import io.edgeflow.gateway.config.SeriesConfig;
import io.edgeflow.gateway.recorder.SeriesPolicy.Shape;
import io.edgeflow.process.settings.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an entry of the series says, and what the device says where it says nothing. */
final class ConfiguredSeriesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final ConfiguredSeries.Declared METER =
      new ConfiguredSeries.Declared(
          Optional.of(Kind.COUNTER), "Wh", Optional.of(65_536.0), Optional.of(MINUTE));

  private static SeriesConfig entry(Optional<Kind> kind, Optional<Double> top) {
    return new SeriesConfig(
        new Glob("meter/*"), kind, "", top, Optional.empty(), ReportConfig.NONE);
  }

  private static Shape shape(List<SeriesConfig> entries, String series) {
    return new ConfiguredSeries(entries, Map.of("meter/energy", METER), 9).shape(series, false);
  }

  @Test
  void takesEverythingFromTheDeviceWhereNobodyElseSaysAnything() {
    Shape shape = new Shape(Kind.COUNTER, "Wh", new CounterRule(65_536), Optional.of(MINUTE));
    assertEquals(shape, shape(List.of(), "meter/energy"));
    assertEquals(shape, shape(List.of(entry(Optional.empty(), Optional.empty())), "meter/energy"));
    assertEquals(new Shape(Kind.GAUGE, ""), shape(List.of(), "meter/other"));
  }

  @Test
  void takesAnEntryBeforeTheDevice() {
    SeriesConfig entry = entry(Optional.of(Kind.GAUGE), Optional.empty());
    assertEquals(Kind.GAUGE, shape(List.of(entry), "meter/energy").kind());
    SeriesConfig wider = entry(Optional.empty(), Optional.of(100.0));
    assertEquals(new CounterRule(100), shape(List.of(wider), "meter/energy").counter());
  }

  @Test
  void knowsThatATextIsOne() {
    var series = new ConfiguredSeries(List.of(), Map.of("meter/energy", METER), 9);
    assertEquals(Kind.TEXT, series.shape("meter/energy", true).kind());
  }
}
