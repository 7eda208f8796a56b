package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.broker.LocalPublisher;
import io.edgeflow.gateway.broker.MemberListener;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.UplinkConfig;
import io.edgeflow.gateway.site.MemberStatus;
import io.edgeflow.gateway.site.Membership;
import io.edgeflow.gateway.site.Relay;
import io.edgeflow.gateway.site.RelayCounts;
import io.edgeflow.gateway.site.RelaySettings;
import io.edgeflow.gateway.site.SiteEar;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.settings.Secret;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What makes a gateway the hub of a site; nothing of it is there where it is none. */
final class SiteParts {
  private static final Duration RECONNECT_CAP = Duration.ofSeconds(30);

  private final Optional<Relay> relay;
  private volatile @Nullable LocalPublisher publisher;

  private SiteParts(GatewayConfig config, Lifecycle parts, MeterRegistry meters, SiteEar ear)
      throws Exception {
    if (!config.hub().enabled()) {
      relay = Optional.empty();
      return;
    }
    Relay open = parts.open("relay", () -> relay(config, ear), Relay::close);
    relay = Optional.of(open);
    count(meters, open, "relayed", "", RelayCounts::relayed);
    count(meters, open, "dropped", "no-room", RelayCounts::noRoom);
    count(meters, open, "dropped", "no-way", RelayCounts::noWay);
    count(meters, open, "refused", "", RelayCounts::refused);
    Gauge.builder("edgeflow.site.members", open, SiteParts::online)
        .description("Edges behind this gateway that are connected.")
        .register(meters);
  }

  static SiteParts open(GatewayConfig config, Lifecycle parts, MeterRegistry meters, SiteEar ear)
      throws Exception {
    return new SiteParts(config, parts, meters, ear);
  }

  private Relay relay(GatewayConfig config, SiteEar ear) {
    return new Relay(
        new Membership(config.edge(), config.hub().members()),
        new RelaySettings(config.hub().mostMembers(), config.hub().queue().bytes(), RECONNECT_CAP),
        client -> new MqttLink(link(config.uplink(), client), "site-link"),
        this::send,
        ear,
        new SplittableRandom());
  }

  private static MqttLinkSettings link(UplinkConfig uplink, String client) {
    return new MqttLinkSettings(
        uplink.url().toString(),
        client,
        uplink.user().orElse(null),
        uplink.password().map(Secret::reveal).orElse(null),
        UplinkParts.CONNECT_TIMEOUT,
        UplinkParts.KEEP_ALIVE,
        UplinkParts.WINDOW);
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

  /** Who hears what members say. */
  MemberListener members() {
    return relay.<MemberListener>map(hub -> hub).orElse(MemberListener.NONE);
  }

  /** From here on members can be told something. */
  void opened(GatewayBroker broker) {
    publisher = broker.localPublisher();
  }

  private CompletableFuture<Void> send(String topic, byte[] payload, boolean retained) {
    LocalPublisher open = publisher;
    return open == null
        ? CompletableFuture.failedFuture(new RejectedExecutionException("the broker is not open"))
        : open.send(topic, payload, retained);
  }

  /** Empty where this gateway is no hub. */
  List<MemberStatus> status() {
    return relay.map(Relay::members).orElse(List.of());
  }
}
