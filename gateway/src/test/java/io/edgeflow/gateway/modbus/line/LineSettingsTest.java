package io.edgeflow.gateway.modbus.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineSettingsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** Whoever begins sooner is taken for the end of the answer before, whoever configured it. */
  @ParameterizedTest
  @CsvSource({"1200, 0, 32500", "9600, 0, 4062", "9600, 5, 5000", "115200, 0, 1750"})
  void leavesASerialLineTheSilenceThatEndsAFrame(int baud, long pauseMillis, long leastMicros) {
    var serial = new Endpoint.Serial("/dev/ttyS0", baud, Endpoint.Parity.NONE, 1);
    var settings = new LineSettings(serial, TIMEOUT, Duration.ZERO, Duration.ofMillis(pauseMillis));

    assertEquals(leastMicros, settings.pause().toNanos() / 1_000);
  }

  @Test
  void aConverterKeepsThatItself() {
    var settings = new LineSettings(new Endpoint.RtuOverTcp("plc", 502), TIMEOUT);

    assertEquals(Duration.ZERO, settings.pause());
  }
}
