package io.edgeflow.gateway;

import static java.util.stream.Collectors.toMap;

import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.gateway.alarms.http.AlarmRoutes;
import io.edgeflow.gateway.commissioning.GatewayRoutes;
import io.edgeflow.gateway.commissioning.LiveReadings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.HttpConfig;
import io.edgeflow.gateway.deploy.http.DeployRoutes;
import io.edgeflow.gateway.fetch.FetchRoutes;
import io.edgeflow.gateway.rawcapture.http.CaptureRoutes;
import io.edgeflow.gateway.scoring.http.ModelRoutes;
import io.edgeflow.process.http.Credentials;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.metrics.ProcessMetrics;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.Users;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The web server of an edge and its event loop. It is there before anything else: a port that is
 * taken is found at once, and whoever asks hears what the start waits for.
 */
final class EdgeWeb {
  private static final long EVERY_MILLIS = 1_000;

  private final Vertx vertx;
  private final LiveReadings live;
  private final WebServer server;

  private EdgeWeb(Vertx vertx, LiveReadings live, WebServer server) {
    this.vertx = vertx;
    this.live = live;
    this.server = server;
  }

  static EdgeWeb open(
      GatewayConfig config,
      Lifecycle parts,
      Front front,
      ProcessMetrics metrics,
      LongSupplier presentMicros,
      UnaryOperator<Routes> more)
      throws Exception {
    HttpConfig http = config.http();
    Vertx vertx = parts.open("event loop", () -> EventLoop.start(1), EventLoop::close);
    LiveReadings live = parts.open("live readings", LiveReadings::new, LiveReadings::close);
    WebSettings settings = WebSettings.of(http.host(), http.port());
    WebServer server =
        parts.open(
            "web",
            () ->
                WebServer.start(
                    vertx,
                    settings,
                    more.apply(routes(config, front, live, metrics, presentMicros)),
                    credentials(http)),
            WebServer::close);
    return new EdgeWeb(vertx, live, server);
  }

  private static Routes routes(
      GatewayConfig config,
      Front front,
      LiveReadings live,
      ProcessMetrics metrics,
      LongSupplier presentMicros) {
    Routes routes = GatewayRoutes.of(front.views(), live, metrics::scrape, presentMicros);
    FetchRoutes.add(routes, front::flightRecorder, presentMicros, config.zone());
    CaptureRoutes.add(routes, front::captures, presentMicros);
    ModelRoutes.add(routes, front::models);
    DeployRoutes.add(routes, front::rollouts);
    return AlarmRoutes.add(routes, front::alarms, advice(config), presentMicros);
  }

  /** What to do about the alarms of a rule; empty where nothing is said. */
  private static UnaryOperator<String> advice(GatewayConfig config) {
    Map<String, String> byRule =
        config.alarmRules().stream().collect(toMap(AlarmRule::name, AlarmRule::advice));
    return rule -> byRule.getOrDefault(rule, "");
  }

  private static Optional<Credentials> credentials(HttpConfig http) throws BrokerStartException {
    Optional<Path> file = http.users();
    return file.isEmpty() ? Optional.empty() : Optional.of(Users.read(file.get())::admits);
  }

  LiveReadings live() {
    return live;
  }

  URI address() {
    return server.address();
  }

  /** Does something every second until the process closes. It must not block. */
  void everySecond(Lifecycle parts, String name, Runnable work) throws Exception {
    parts.open(name, () -> vertx.setPeriodic(EVERY_MILLIS, id -> work.run()), vertx::cancelTimer);
  }
}
