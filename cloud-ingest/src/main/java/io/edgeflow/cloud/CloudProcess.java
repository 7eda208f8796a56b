package io.edgeflow.cloud;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.catalog.CatalogRoutes;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.config.DatabaseConfig;
import io.edgeflow.cloud.config.DeployConfig;
import io.edgeflow.cloud.config.MqttConfig;
import io.edgeflow.cloud.dashboard.DashboardRoutes;
import io.edgeflow.cloud.deploy.Authority;
import io.edgeflow.cloud.deploy.Deployments;
import io.edgeflow.cloud.history.HistoryRoutes;
import io.edgeflow.cloud.intake.Intake;
import io.edgeflow.cloud.intake.SharedIntake;
import io.edgeflow.cloud.live.LiveHub;
import io.edgeflow.cloud.live.PresentNames;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.query.CloudFacts;
import io.edgeflow.cloud.query.QueryRoutes;
import io.edgeflow.cloud.registry.RegistryParts;
import io.edgeflow.cloud.registry.RootKey;
import io.edgeflow.cloud.registry.UploadLimits;
import io.edgeflow.cloud.rollup.RollupMeters;
import io.edgeflow.cloud.roster.ProcessId;
import io.edgeflow.cloud.roster.Roster;
import io.edgeflow.cloud.store.ComingUp;
import io.edgeflow.cloud.store.DatabaseWatch;
import io.edgeflow.cloud.store.EdgeMeters;
import io.edgeflow.cloud.store.FrameDepot;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.LiveFeed;
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
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the cloud process: every part that lives long is made here. */
public final class CloudProcess {
  private static final Logger LOG = LoggerFactory.getLogger(CloudProcess.class);

  /** Renaming is rare, and a chart may be behind it for a moment. */
  private static final Duration NAMES_EVERY = Duration.ofSeconds(5);

  /** What imports hold, and what they look up meanwhile. */
  private static final int IMPORT_CONNECTIONS = 2;

  /** Beside one for each writer: acknowledgements, what edges run, and one to spare. */
  private static final int INTAKE_CONNECTIONS = 3;

  private static final int REGISTRY_CONNECTIONS = 4;
  private static final int ROLLOUT_CONNECTIONS = 4;

  private static final int WEB_WORKERS = 12;

  /** One for each worker, two for long answers, one for the watch: nobody waits for others. */
  private static final int QUERY_CONNECTIONS = WEB_WORKERS + 3 + QueryRoutes.COMPANIONS;

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
    ProcessId id =
        parts.open("data directory", () -> ProcessId.open(config.dataDir()), ProcessId::close);
    DatabaseAddress address = database(parts, config);
    HikariDataSource writing =
        parts.open(
            "database connections",
            () ->
                Pool.open(
                    address,
                    "writer",
                    config.database().writers() + INTAKE_CONNECTIONS + IMPORT_CONNECTIONS,
                    id.id()),
            HikariDataSource::close);
    Layout layout =
        ComingUp.waitFor(
            () ->
                new Migrations(writing, config.database().storage())
                    .open(config.database().migrate()));
    Roster.Self self =
        new Roster.Self(
            id.id(),
            config.processName(),
            BuildInfo.version(),
            config.road().name().toLowerCase(Locale.ROOT),
            clock.instant());
    ComingUp.waitFor(() -> Roster.begin(writing, self));
    WriterSettings store =
        new WriterSettings(writing, layout, config.limits().maxSeries(), 0, clock)
            .writing(config.database().writers())
            .storing(config.database().storage());
    RegistryParts registry = registry(parts, address, config, clock);
    Deployments deployments = deployments(parts, address, config.deploy(), registry, clock);
    Optional<SharedIntake> shared = SharedParts.open(parts, config, address);
    LiveHub live =
        parts.open(
            "live", () -> new LiveHub(new PresentNames(writing, NAMES_EVERY)), LiveHub::close);
    LiveFeed feed = SharedParts.publishing(parts, config.kafka(), live, metrics.registry());
    Intake intake =
        parts.open(
            "intake",
            () ->
                Intake.start(
                    listener(config.mqtt()),
                    store,
                    shared,
                    feed,
                    deployments.ear(),
                    metrics.registry(),
                    clock),
            Intake::close);
    Gauge.builder("edgeflow.database.up", intake, one -> one.healthy() ? 1 : 0)
        .description("1 while frames can be stored.")
        .strongReference(true)
        .register(metrics.registry());
    UpkeepParts.open(
        parts, address, layout, config.database().storage(), metrics.registry(), clock);
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
    parts.open(
        "roster",
        () ->
            Roster.start(
                reading, self, () -> intake.kafka().map(CloudProcess::share), intake::reassure),
        Roster::close);
    DatabaseWatch watch =
        parts.open("database watch", () -> DatabaseWatch.start(reading), DatabaseWatch::close);
    Vertx vertx = parts.open("event loop", () -> EventLoop.start(1), EventLoop::close);
    EdgeMeters edges = new EdgeMeters(reading, metrics.registry());
    RollupMeters rollups =
        new RollupMeters(
            reading, RollupParts.open(parts, config, address, layout, clock), metrics.registry());
    Runnable rollouts = deployments.meters(metrics.registry());
    Routes routes =
        StandardRoutes.add(
            new Routes(),
            new Ready(intake, () -> kafka.warnings(watch.risks()), deployments),
            () -> {
              edges.refresh();
              rollups.refresh();
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
                watch::risks)
            .storing(layout, config.database().storage());
    new QueryRoutes(reading, clock, facts).register(routes);
    new CatalogRoutes(reading, clock).register(routes);
    FrameDepot depot = parts.open("imports", () -> new FrameDepot(store), FrameDepot::close);
    HistoryRoutes.register(routes, reading, depot, clock);
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

  private static Roster.Share share(Intake.KafkaShare own) {
    return new Roster.Share(
        own.partitions(), own.lag() < 0 ? OptionalLong.empty() : OptionalLong.of(own.lag()));
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

  /** The operator's server, or our own, which is started. */
  static DatabaseAddress database(Lifecycle parts, CloudConfig config) throws Exception {
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
      List<String> missing = new ArrayList<>();
      if (!intake.healthy()) {
        missing.add("the database does not answer");
      }
      intake
          .kafka()
          .map(Intake.KafkaShare::state)
          .filter(state -> !state.connected())
          .ifPresent(state -> missing.add("Kafka: " + state.detail()));
      return missing;
    }

    @Override
    public List<String> warnings() {
      List<String> all = new ArrayList<>(risks.get());
      intake
          .kafka()
          .map(Intake.KafkaShare::state)
          .filter(state -> state.connected() && !state.detail().isEmpty())
          .ifPresent(state -> all.add("Kafka: " + state.detail()));
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
