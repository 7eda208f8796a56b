package io.edgeflow.gateway;

import io.edgeflow.gateway.site.MemberStatus;
import io.edgeflow.gateway.site.Relay;
import io.edgeflow.gateway.site.RelayCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Figures of a hub. */
final class SiteMeters {
  private SiteMeters() {}

  static void register(MeterRegistry meters, Relay relay) {
    count(meters, relay, "relayed", "", RelayCounts::relayed);
    count(meters, relay, "dropped", "no-room", RelayCounts::noRoom);
    count(meters, relay, "dropped", "no-way", RelayCounts::noWay);
    FunctionCounter.builder("edgeflow.site.refused", relay.counts(), RelayCounts::refused)
        .description("Messages for edges behind this gateway of clients that cannot be them.")
        .register(meters);
    Gauge.builder("edgeflow.site.members", relay, SiteMeters::online)
        .description("Edges behind this gateway that are connected.")
        .register(meters);
  }

  private static void count(
      MeterRegistry meters,
      Relay relay,
      String outcome,
      String reason,
      ToDoubleFunction<RelayCounts> value) {
    FunctionCounter.builder("edgeflow.site.frames", relay.counts(), value)
        .description("Frames of edges behind this gateway on their way to the cloud.")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(meters);
  }

  private static double online(Relay relay) {
    return relay.members().stream().filter(MemberStatus::online).count();
  }
}
