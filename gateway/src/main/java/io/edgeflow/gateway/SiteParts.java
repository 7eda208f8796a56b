package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.broker.LocalPublisher;
import io.edgeflow.gateway.broker.MemberListener;
import io.edgeflow.gateway.bundles.BundleStore;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.UplinkConfig;
import io.edgeflow.gateway.deploy.BundleSource;
import io.edgeflow.gateway.deploy.Inbox;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.site.Membership;
import io.edgeflow.gateway.site.Relay;
import io.edgeflow.gateway.site.RelaySettings;
import io.edgeflow.gateway.site.SiteEar;
import io.edgeflow.gateway.site.cache.BundleCache;
import io.edgeflow.gateway.site.cache.SiteRoutes;
import io.edgeflow.gateway.site.mandate.Heard;
import io.edgeflow.gateway.site.mandate.SiteDirector;
import io.edgeflow.gateway.site.mandate.SiteStore;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.settings.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What makes a gateway the hub of a site: the relay for its members, the bundles that they fetch
 * here, and what it may finish alone. Nothing of it is there where it is none, and without {@code
 * deploy.root} only the relay.
 */
final class SiteParts {
  private static final Duration RECONNECT_CAP = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String FOLDER = "site";
  private static final int UNAVAILABLE = 503;

  private final GatewayConfig config;
  private final Surroundings surroundings;
  private final Heard heard = new Heard();

  /** Who hears it: nobody where nothing is decided. */
  private final SiteEar ear;

  private volatile @Nullable Relay relay;
  private volatile @Nullable LocalPublisher publisher;
  private volatile @Nullable BundleCache cache;
  private volatile @Nullable SiteDirector director;

  SiteParts(GatewayConfig config, Surroundings surroundings) {
    this.config = config;
    this.surroundings = surroundings;
    this.ear = isHub() && config.deploy().root().isPresent() ? heard : SiteEar.NONE;
  }

  private boolean isHub() {
    return config.hub().enabled();
  }

  /** Before the broker, which hands it what members say. */
  void open(Lifecycle parts, MeterRegistry meters) throws Exception {
    if (isHub()) {
      Relay open = parts.open("relay", this::newRelay, Relay::close);
      SiteMeters.register(meters, open);
      relay = open;
    }
  }

  private Relay newRelay() {
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

  /** Who hears what members say. */
  MemberListener members() {
    Relay open = relay;
    return open == null ? MemberListener.NONE : open;
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

  /** The store of the hub itself, out of which members are served too; else as it is. */
  BundleSource share(Lifecycle parts, BundleStore store) throws Exception {
    if (!isHub()) {
      return store;
    }
    BundleCache open =
        parts.open(
            "bundles for members",
            () ->
                new BundleCache(
                    store,
                    config.dataDir().resolve(FOLDER).resolve("bundles.list"),
                    config.hub().cache().bytes()),
            BundleCache::close);
    cache = open;
    return open;
  }

  Routes routes(Routes routes) {
    return isHub()
        ? SiteRoutes.add(routes, this::openCache, digest -> openCache().mandate(digest))
        : routes;
  }

  private BundleCache openCache() {
    BundleCache open = cache;
    if (open == null) {
      throw new HttpRefusal(
          UNAVAILABLE, "not-open", "this hub has no bundles: it starts, or has no deploy.root");
    }
    return open;
  }

  /** Begins to look whether the cloud is away. */
  void start(Lifecycle parts, Recorder recorder, Inbox inbox, CloudWatch cloud) throws Exception {
    BundleCache bundles = cache;
    if (bundles == null) {
      return;
    }
    var ports =
        new HubPorts(
            config.edge(), surroundings.nanos(), recorder, bundles, cloud, inbox, this::send);
    director =
        parts.open(
            "site",
            () ->
                new SiteDirector(
                        ports,
                        heard,
                        new SiteStore(config.dataDir().resolve(FOLDER)),
                        config.deploy().audience(),
                        config.edge(),
                        config.hub().cloudAway())
                    .start(LOOK),
            SiteDirector::close);
  }

  /** Something that may be this gateway's own document; long before the start, too. */
  void offered(byte[] signed) {
    heard.offered(signed);
  }

  /** What this gateway itself runs. */
  void reported(byte[] document) {
    ear.reported(config.edge(), document);
  }

  Status.Site status() {
    Relay open = relay;
    SiteDirector alone = director;
    return new Status.Site(
        isHub(),
        open == null ? List.of() : open.members().stream().map(SiteWords::member).toList(),
        alone == null ? null : alone.status().map(SiteWords::rollout).orElse(null));
  }
}
