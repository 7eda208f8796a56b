package io.edgeflow.process.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The meters of one process. Names and labels are those of the design; a label never holds a
 * series, because a series too many would be a time series too many at every scraper.
 */
public final class ProcessMetrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();

  /**
   * @param process {@code gateway} or {@code cloud}
   */
  public ProcessMetrics(String process) {
    Gauge.builder("edgeflow.build.info", () -> 1)
        .description("The version that runs, as a label; the value is always 1.")
        .tag("process", process)
        .tag("version", BuildInfo.version())
        .tag("java", Runtime.version().toString())
        .register(registry);
    Gauge.builder("process.resident.memory.bytes", ResidentMemory::bytes)
        .description("Resident memory of this process; -1 where the system does not tell.")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  /** Where parts register their meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All meters as text. Any thread. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
