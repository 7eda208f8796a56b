package io.edgeflow.inference.node;

import io.edgeflow.inference.node.config.HttpConfig;
import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.inference.node.config.SlotConfig;
import io.edgeflow.inference.node.platform.PlatformWatch;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Credentials;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.StandardRoutes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.link.Subscription;
import io.edgeflow.process.metrics.ProcessMetrics;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.Users;
import io.edgeflow.process.settings.Settings;
import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.topic.NodeTopics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of a node: every long-lived object is made here, in the order in which it
 * may begin to work, and closed backwards.
 */
public final class NodeProcess {
  private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Messages; each holds the scores of one series that were made together. */
  private static final int MOST_WAITING_SCORES = 8_192;

  private final InferenceConfig config;
  private final Lifecycle parts;
  private final long beganNanos = System.nanoTime();

  private NodeProcess(InferenceConfig config, Lifecycle parts) {
    this.config = config;
    this.parts = parts;
  }

  /**
   * Returns when the web server is there; connecting and loading go on beside. Whatever was begun
   * is closed again if it fails.
   */
  public static void start(Settings<InferenceConfig> settings, Lifecycle parts) throws Exception {
    log.info("settings\n{}", settings.effective());
    NodeProcess process = new NodeProcess(settings.value(), parts);
    parts.start(
        () -> {
          process.open();
          return null;
        });
  }

  private void open() throws Exception {
    ProcessMetrics metrics =
        parts.open("metrics", () -> new ProcessMetrics("inference"), ProcessMetrics::close);
    PlatformWatch platform =
        parts.open("platform watch", PlatformWatch::start, PlatformWatch::close);
    var outbox = new ScoreOutbox(MOST_WAITING_SCORES);
    var share =
        new NodeShare(config.node(), config.scoring().stream().map(SlotConfig::slot).toList());
    var writer = new ScoreWriter(config.gateway().scores(), outbox);
    NodeScoring scoring =
        parts.open(
            "scoring",
            () -> NodeScoring.start(config, share, writer, metrics.registry()),
            NodeScoring::close);
    var peers =
        new Peers(config.node(), System::nanoTime, present -> follow(present, scoring, share));
    var intake = new NodeIntake(config.topics(), scoring::put, NodeProcess::wallMicros);
    var voice = new NodeVoice(config.node(), () -> status(scoring), peers, intake, outbox);
    NodeLink link = parts.open("gateway link", () -> link(voice), NodeLink::close);
    var views = new NodeViews(config, intake, scoring, outbox, link, peers, platform);
    var meters = new NodeMeters(metrics.registry(), intake, scoring, outbox, platform);
    WebServer web = web(views, meters, metrics);
    log.info(
        "ready node={} in {} ms: scores for {}, status {}/api/v1/status",
        config.node(),
        (System.nanoTime() - beganNanos) / 1_000_000,
        config.gateway().url(),
        web.address());
  }

  private static void follow(Collection<NodeStatus> others, NodeScoring scoring, NodeShare share) {
    Set<String> slots = new HashSet<>();
    others.forEach(node -> node.slots().forEach(slot -> slots.add(slot.slot())));
    scoring.others(slots);
    share.others(others);
  }

  private NodeStatus status(NodeScoring scoring) {
    return new NodeStatus(
        config.node(),
        true,
        NodeVoice.software(),
        TimeUnit.NANOSECONDS.toMillis(scoring.ageNanos()),
        scoring.status());
  }

  private NodeLink link(NodeVoice voice) {
    List<Subscription> subscriptions =
        Stream.concat(
                config.topics().stream().map(prefix -> prefix + "/#"), Stream.of(NodeTopics.ALL))
            .map(filter -> new Subscription(filter, true))
            .toList();
    var link =
        new NodeLink(
            config.gateway(),
            config.node(),
            NodeTopics.status(config.node()),
            NodeStatus.offline(config.node(), NodeVoice.software()).toBytes(),
            subscriptions,
            voice);
    link.every(LOOK, voice::look);
    link.start();
    return link;
  }

  private WebServer web(NodeViews views, NodeMeters meters, ProcessMetrics metrics)
      throws Exception {
    Vertx vertx = parts.open("event loop", () -> EventLoop.start(1), EventLoop::close);
    Routes routes = new Routes().get("/api/v1/status", _ -> Answer.json(views.report()));
    StandardRoutes.add(
        routes,
        views::missing,
        () -> {
          meters.refresh();
          return metrics.scrape();
        });
    HttpConfig http = config.http();
    return parts.open(
        "web",
        () ->
            WebServer.start(
                vertx, WebSettings.of(http.host(), http.port()), routes, credentials(http)),
        WebServer::close);
  }

  private static Optional<Credentials> credentials(HttpConfig http) throws BrokerStartException {
    return http.users().isEmpty()
        ? Optional.empty()
        : Optional.of(Users.read(http.users().get())::admits);
  }

  private static long wallMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
