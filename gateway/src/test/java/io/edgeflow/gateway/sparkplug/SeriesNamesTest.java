package io.edgeflow.gateway.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.edgeflow.aggregator.reading.SeriesName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeriesNamesTest {
  private final SeriesNames names = new SeriesNames("<node>/<device>/<metric>");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          flow                | flow
          Motor 1/Speed       | Motor 1/Speed
          Inputs/A#1          | Inputs/A%231
          a//b                | a/%2Fb
          /a/                 | %2Fa%2F
          /                   | %2F
          a/ b                | a/%20b
          $sys                | %24sys
          cost$               | cost$
          ..                  | %2E%2E
          ..x                 | ..x
          Humidity %          | Humidity %
          100%25              | 100%2525
          Größe °C            | Größe °C
          a,b                 | a%2Cb
          µ∑                  | µ%E2%88%91
          """)
  void writesWhatASeriesNameMayNotHold(String metric, String point) {
    String name = names.name("plant", "edge-1", null, metric);
    assertEquals("edge-1/" + point, name);
    assertNull(SeriesName.fault(name), name);
  }

  @Test
  void leavesOutTheDeviceOfTheNodeItself() {
    assertEquals("edge-1/pump/flow", names.name("plant", "edge-1", "pump", "flow"));
    assertEquals("edge-1/flow", names.name("plant", "edge-1", null, "flow"));
    SeriesNames byDevice = new SeriesNames("<device>/<metric>");
    assertEquals("pump/flow", byDevice.name("plant", "edge-1", "pump", "flow"));
    assertEquals("edge-1/flow", byDevice.name("plant", "edge-1", null, "flow"));
    SeriesNames all = new SeriesNames("hall/<group>/<node>/<device>/<metric>");
    assertEquals("hall/plant/edge-1/pump/flow", all.name("plant", "edge-1", "pump", "flow"));
  }

  /** Two metrics that shared a series would be one series with the values of both. */
  @Test
  void neverGivesTwoMetricsOneName() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, String> metrics = new HashMap<>();
    String alphabet = "/ %2F a$.+#2é\u0000";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder metric = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        metric.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String name = names.name("g", "n", null, metric.toString());
      assertNull(SeriesName.fault(name), () -> "seed " + seed + ": " + metric + " as " + name);
      String before = metrics.put(name, metric.toString());
      if (before != null) {
        assertEquals(before, metric.toString(), () -> "seed " + seed + ": both are " + name);
      }
      assertEquals(metric.toString(), decoded(name.substring(2)), "seed " + seed);
    }
  }

  private static String decoded(String point) {
    // A percent sign that begins no escape stands for itself.
    String escaped = point.replaceAll("%(?![0-9A-F]{2})", "%25").replace("+", "%2B");
    return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
  }
}
