package io.edgeflow.inference.node;

import io.edgeflow.inference.node.platform.Accelerator;
import io.edgeflow.inference.node.platform.PlatformWatch;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.payload.PayloadFault;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The node's figures as meters. What the machine does not tell has none. */
final class NodeMeters {
  private static final double NANOS_IN_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MeterRegistry registry;
  private final PlatformWatch platform;
  private final NodeScoring scoring;
  private final MultiGauge memory;
  private final MultiGauge temperature;
  private final MultiGauge power;
  private final MultiGauge provider;

  NodeMeters(
      MeterRegistry registry,
      NodeIntake intake,
      NodeScoring scoring,
      ScoreOutbox outbox,
      PlatformWatch platform) {
    this.registry = registry;
    this.platform = platform;
    this.scoring = scoring;
    gauge("queue.age.seconds", scoring, all -> all.ageNanos() / NANOS_IN_SECOND);
    gauge("queue.depth", scoring, NodeScoring::depth);
    gauge("scores.waiting", outbox, box -> box.figures().waiting());
    counter("dropped", scoring, NodeScoring::dropped, Tags.empty());
    counter("readings", intake, NodeIntake::taken, outcome("taken", ""));
    for (PayloadFault fault : PayloadFault.values()) {
      String reason = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
      counter(
          "readings",
          intake,
          in -> in.refused().getOrDefault(fault, 0L),
          outcome("rejected", reason));
    }
    counter("scores", outbox, box -> box.figures().written(), outcome("written", ""));
    counter("scores", outbox, box -> box.figures().refused(), outcome("refused", ""));
    counter("scores", scoring, NodeMeters::errors, outcome("failed", ""));
    memory = gpu("memory.bytes");
    temperature = gpu("temperature.celsius");
    power = gpu("power.watts");
    provider =
        MultiGauge.builder("edgeflow.inference.provider")
            .description("What computes, as a label; the value is always 1.")
            .register(registry);
  }

  private static Tags outcome(String outcome, String reason) {
    return Tags.of("outcome", outcome, "reason", reason);
  }

  private static double errors(NodeScoring scoring) {
    return scoring.status().stream().mapToLong(ReportedModel::errors).sum();
  }

  private <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
    Gauge.builder("edgeflow.inference." + name, of, value).strongReference(true).register(registry);
  }

  private <T> void counter(String name, T of, ToDoubleFunction<T> value, Tags tags) {
    FunctionCounter.builder("edgeflow.inference." + name, of, value).tags(tags).register(registry);
  }

  private MultiGauge gpu(String name) {
    return MultiGauge.builder("edgeflow.gpu." + name).register(registry);
  }

  /** To be called before each scrape: GPUs come and go. */
  void refresh() {
    List<Row<?>> bytes = new ArrayList<>();
    List<Row<?>> celsius = new ArrayList<>();
    List<Row<?>> watts = new ArrayList<>();
    for (Accelerator one : platform.found()) {
      Tags gpu = Tags.of("gpu", one.name());
      one.memoryUsedBytes().ifPresent(used -> bytes.add(Row.of(gpu.and("state", "used"), used)));
      one.memoryTotalBytes().ifPresent(all -> bytes.add(Row.of(gpu.and("state", "total"), all)));
      one.celsius().ifPresent(degrees -> celsius.add(Row.of(gpu, degrees)));
      one.watts().ifPresent(power -> watts.add(Row.of(gpu, power)));
    }
    memory.register(bytes, true);
    temperature.register(celsius, true);
    power.register(watts, true);
    String name = scoring.provider();
    provider.register(
        name.isEmpty() ? List.of() : List.of(Row.of(Tags.of("provider", name), 1)), true);
  }
}
