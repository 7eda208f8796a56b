package io.edgeflow.cloud;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.config.DatabaseConfig;
import io.edgeflow.cloud.config.DeployConfig;
import io.edgeflow.cloud.config.MqttConfig;
import io.edgeflow.cloud.dashboard.DashboardRoutes;
import io.edgeflow.cloud.deploy.Authority;
import io.edgeflow.cloud.deploy.Deployments;
import io.edgeflow.cloud.intake.Intake;
import io.edgeflow.cloud.live.LiveHub;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.query.CloudFacts;
import io.edgeflow.cloud.query.QueryRoutes;
import io.edgeflow.cloud.registry.RegistryParts;
import io.edgeflow.cloud.registry.RootKey;
import io.edgeflow.cloud.registry.UploadLimits;
import io.edgeflow.cloud.store.DatabaseWatch;
import io.edgeflow.cloud.store.EdgeMeters;
import io.edgeflow.cloud.store.Edges;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.process.http.Credentials;
import io.edgeflow.process.http.Readiness;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.StandardRoutes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.metrics.ProcessMetrics;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.Users;
import io.edgeflow.process.settings.Secret;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.VerifyingKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the cloud process: every part that lives long is made here. */
public final class CloudProcess {
  private static final Logger LOG = LoggerFactory.getLogger(CloudProcess.class);
  private static final int WRITER_CONNECTIONS = 4;
  private static final int QUERY_CONNECTIONS = 4;
  private static final int REGISTRY_CONNECTIONS = 4;
  private static final int ROLLOUT_CONNECTIONS = 4;

  /** Twice as many as connections: a database that hangs leaves some for /health and pages. */
  private static final int WEB_WORKERS = 8;

  private static final int WEB_WAITING = 64;

  private final Intake intake;
  private final WebServer web;

  private CloudProcess(Intake intake, WebServer web) {
    this.intake = intake;
    this.web = web;
  }

  /**
   * Returns when the schema is migrated, and frames and queries are taken.
   *
   * @param parts closes everything that this opens, also when it fails
   */
  public static CloudProcess start(Lifecycle parts, CloudConfig config) throws Exception {
    return parts.start(() -> open(parts, config, InstantSource.system()));
  }

  /** The port that edges connect to. */
  public int mqttPort() {
    return intake.port();
  }

  /** The port of the dashboard and the queries. */
  public int httpPort() {
    return web.port();
  }

  private static CloudProcess open(Lifecycle parts, CloudConfig config, InstantSource clock)
      throws Exception {
    ProcessMetrics metrics =
        parts.open("metrics", () -> new ProcessMetrics("cloud"), ProcessMetrics::close);
    DatabaseAddress address = database(parts, config);
    HikariDataSource writing =
        parts.open(
            "database connections",
            () -> Pool.open(address, "writer", WRITER_CONNECTIONS),
            HikariDataSource::close);
    Migrations.Layout layout = new Migrations(writing).run();
    Edges.forgetPresence(writing);
    WriterSettings store =
        new WriterSettings(writing, layout, config.limits().maxSeries(), 0, clock);
    RegistryParts registry = registry(parts, address, config, clock);
    Deployments deployments = deployments(parts, address, config.deploy(), registry, clock);
    LiveHub live = parts.open("live", LiveHub::new, LiveHub::close);
    Intake intake =
        parts.open(
            "intake",
            () ->
                Intake.start(
                    listener(config.mqtt()),
                    store,
                    live,
                    deployments.ear(),
                    metrics.registry(),
                    clock),
            Intake::close);
    UpdateParts updates = new UpdateParts();
    KafkaParts kafka =
        KafkaParts.open(parts, config, intake.reports(), updates, metrics.registry());
    parts.open(
        "rollouts", () -> deployments.start(kafka.channels(intake.desired())), Deployments::close);
    updates.open(parts, config.updates(), address, registry.registry(), deployments, clock);
    HikariDataSource reading =
        parts.open(
            "query connections",
            () -> Pool.open(address, "query", QUERY_CONNECTIONS),
            HikariDataSource::close);
    DatabaseWatch watch =
        parts.open("database watch", () -> DatabaseWatch.start(reading), DatabaseWatch::close);
    Vertx vertx = parts.open("event loop", () -> EventLoop.start(1), EventLoop::close);
    EdgeMeters edges = new EdgeMeters(reading, metrics.registry());
    Runnable rollouts = deployments.meters(metrics.registry());
    Routes routes =
        StandardRoutes.add(
            new Routes(),
            new Ready(intake, () -> kafka.warnings(watch.risks()), deployments),
            () -> {
              edges.refresh();
              rollouts.run();
              return metrics.scrape();
            });
    CloudFacts facts =
        new CloudFacts(
            BuildInfo.version(),
            clock.instant(),
            config.database().url().isEmpty(),
            intake::waiting,
            intake::granted,
            watch::risks);
    new QueryRoutes(reading, clock, facts).register(routes);
    deployments.register(routes);
    registry.register(routes);
    live.register(routes);
    DashboardRoutes.register(routes);
    WebServer web =
        parts.open(
            "web",
            () -> WebServer.start(vertx, webSettings(config), routes, credentials(config)),
            WebServer::close);
    LOG.info("edges connect to  tcp://{}:{}", config.mqtt().host(), intake.port());
    LOG.info("the dashboard is  {}", web.address());
    return new CloudProcess(intake, web);
  }

  private static RegistryParts registry(
      Lifecycle parts, DatabaseAddress address, CloudConfig config, InstantSource clock)
      throws Exception {
    Optional<VerifyingKey> root = RootKey.read(config.deploy().root());
    HikariDataSource database =
        parts.open(
            "registry connections",
            () -> Pool.open(address, "registry", REGISTRY_CONNECTIONS),
            HikariDataSource::close);
    return parts.open(
        "registry",
        () -> RegistryParts.start(database, root, UploadLimits.STANDARD, clock),
        RegistryParts::close);
  }

  private static DatabaseAddress database(Lifecycle parts, CloudConfig config) throws Exception {
    DatabaseConfig own = config.database();
    if (own.url().isPresent()) {
      return new DatabaseAddress(
          own.url().get(),
          own.user().orElse("postgres"),
          own.password().map(Secret::reveal).orElse(""));
    }
    return parts
        .open(
            "postgres",
            () -> EmbeddedPostgres.start(config.dataDir().resolve("postgres")),
            EmbeddedPostgres::close)
        .address();
  }

  private static Deployments deployments(
      Lifecycle parts,
      DatabaseAddress address,
      DeployConfig config,
      RegistryParts registry,
      InstantSource clock)
      throws Exception {
    Authority authority = authority(config, registry.registry()::newestKeyDocument);
    HikariDataSource database =
        parts.open(
            "rollout connections",
            () -> Pool.open(address, "rollouts", ROLLOUT_CONNECTIONS),
            HikariDataSource::close);
    return new Deployments(database, authority, registry.registry(), clock);
  }

  private static Authority authority(DeployConfig config, Authority.Keys keys) throws IOException {
    if (config.signingKey().isEmpty()) {
      return new Authority(config.audience(), Optional.empty(), keys);
    }
    Path file = config.signingKey().get();
    try {
      SigningKey key = SigningKey.parse(Files.readString(file));
      return new Authority(config.audience(), Optional.of(key), keys);
    } catch (IllegalArgumentException faulty) {
      throw new IOException("deploy.signingKey: " + file + " " + faulty.getMessage(), faulty);
    }
  }

  private record Ready(Intake intake, Supplier<List<String>> risks, Deployments deployments)
      implements Readiness {
    @Override
    public List<String> missing() {
      return intake.healthy() ? List.of() : List.of("the database does not answer");
    }

    @Override
    public List<String> warnings() {
      List<String> all = new ArrayList<>(risks.get());
      all.addAll(deployments.warnings());
      return all;
    }
  }

  /** Nothing is configured that such a word could start. */
  private static BrokerSettings listener(MqttConfig mqtt) {
    return new BrokerSettings(
        mqtt.host(),
        mqtt.port(),
        mqtt.users().orElse(null),
        1,
        BrokerSettings.DEFAULT_RECEIVE_MAXIMUM,
        BrokerSettings.DEFAULT_MAX_PACKET_BYTES,
        mqtt.maxConnections(),
        BrokerSettings.DEFAULT_MAX_QUEUED_MESSAGES,
        mqtt.maxBytesPerSecond().bytes(),
        null);
  }

  private static WebSettings webSettings(CloudConfig config) {
    return WebSettings.of(config.http().host(), config.http().port())
        .withWorkers(WEB_WORKERS, WEB_WAITING);
  }

  private static Optional<Credentials> credentials(CloudConfig config) throws IOException {
    if (config.http().users().isEmpty()) {
      return Optional.empty();
    }
    try {
      Users users = Users.read(config.http().users().get());
      return Optional.of(users::admits);
    } catch (BrokerStartException faulty) {
      throw new IOException(faulty.getMessage(), faulty);
    }
  }
}
