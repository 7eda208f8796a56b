package io.edgeflow.gateway;

import io.edgeflow.gateway.sparkplug.NodeFigures;
import io.edgeflow.gateway.sparkplug.SparkplugHost;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** Figures of Sparkplug edge nodes, each with its own from when it is first heard. */
final class SparkplugMeters {
  private final MeterRegistry registry;
  private final SparkplugHost host;
  private final Map<String, AtomicReference<NodeFigures>> nodes = new HashMap<>();

  SparkplugMeters(MeterRegistry registry, SparkplugHost host) {
    this.registry = registry;
    this.host = host;
  }

  /** Looks at the nodes; called by one timer. */
  void look() {
    for (NodeFigures figures : host.figures()) {
      String key = figures.group() + "/" + figures.node();
      AtomicReference<NodeFigures> known = nodes.get(key);
      if (known == null) {
        known = new AtomicReference<>(figures);
        nodes.put(key, known);
        register(known, Tags.of("group", figures.group(), "node", figures.node()));
      } else {
        known.set(figures);
      }
    }
  }

  private void register(AtomicReference<NodeFigures> node, Tags tags) {
    Gauge.builder("edgeflow.sparkplug.born", node, n -> n.get().state().equals("born") ? 1 : 0)
        .description("Whether the births of a Sparkplug node are in force.")
        .tags(tags)
        .register(registry);
    count(node, tags, "births", "Births of a Sparkplug node.", NodeFigures::births);
    count(node, tags, "deaths", "Deaths of a Sparkplug node.", NodeFigures::deaths);
    count(
        node,
        tags,
        "gaps",
        "Stretches in which something of a Sparkplug node is missing.",
        NodeFigures::gaps);
    count(node, tags, "lost", "Messages of a Sparkplug node that never came.", NodeFigures::lost);
    count(
        node,
        tags,
        "untaken",
        "Values of a Sparkplug node that no birth in force names.",
        NodeFigures::untaken);
    count(
        node,
        tags,
        "rebirths",
        "Births that a Sparkplug node was asked for.",
        NodeFigures::rebirths);
  }

  private void count(
      AtomicReference<NodeFigures> node,
      Tags tags,
      String name,
      String description,
      ToDoubleFunction<NodeFigures> value) {
    FunctionCounter.builder("edgeflow.sparkplug." + name, node, n -> value.applyAsDouble(n.get()))
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
