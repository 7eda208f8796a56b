package io.edgeflow.gateway.commissioning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.metrics.ProcessMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatewayMetersTest {
  @Test
  void tellsTheFiguresUnderTheAgreedNames() throws Exception {
    try (var plant = new SmallPlant();
        var metrics = new ProcessMetrics("gateway")) {
      var meters =
          new GatewayMeters(
              metrics.registry(),
              plant.views(),
              List.of("unparseable", "series-limit", "no-mapping"),
              List.of("ok", "no-space"),
              List.of("press-2"),
              List.of("ok", "exception"));
      meters.synced(3_000_000);
      String text = metrics.scrape();
      has(
          text,
          "edgeflow_readings_total{outcome=\"accepted\",reason=\"\",source=\"all\"} 1284000.0");
      has(text, "edgeflow_readings_total{outcome=\"duplicate\",reason=\"\",source=\"all\"} 19.0");
      has(text, "{outcome=\"rejected\",reason=\"unparseable\",source=\"all\"} 9.0");
      has(text, "{outcome=\"refused\",reason=\"series-limit\",source=\"all\"} 1.0");
      has(text, "{outcome=\"rejected\",reason=\"no-mapping\",source=\"all\"} 0.0");
      has(text, "edgeflow_frames_total{lane=\"window\",outcome=\"delivered\"} 1316.0");
      has(text, "edgeflow_backlog_bytes{lane=\"window\"} 12700.0");
      has(text, "edgeflow_backlog_oldest_seconds 1.4");
      has(text, "edgeflow_journal_sync_seconds_count 1");
      has(text, "edgeflow_clock_offset_seconds 4.0E-4");
      has(text, "edgeflow_modbus_requests_total{device=\"press-2\",outcome=\"exception\"} 2.0");
      assertFalse(text.contains("series=\""), "no label names a series");
    }
  }

  private static void has(String text, String line) {
    assertTrue(text.contains(line), () -> line + " is not in\n" + text);
  }
}
