package io.edgeflow.process.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ProcessMetricsTest {
  @Test
  void tellsVersionMemoryAndThreadsInPrometheusFormat() {
    try (var metrics = new ProcessMetrics("gateway")) {
      String text = metrics.scrape();
      assertTrue(text.contains("edgeflow_build_info{"), text);
      assertTrue(text.contains("process=\"gateway\""), text);
      assertTrue(text.contains("process_resident_memory_bytes "), text);
      assertTrue(text.contains("jvm_threads_live_threads "), text);
      assertTrue(text.contains("jvm_memory_used_bytes{"), text);
    }
  }

  @Test
  void readsResidentMemoryWhereTheSystemTells() {
    long bytes = ResidentMemory.bytes();
    assertTrue(bytes == -1 || bytes > 1 << 20, () -> "resident: " + bytes);
  }
}
