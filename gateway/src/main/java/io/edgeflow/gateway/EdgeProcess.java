package io.edgeflow.gateway;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.broker.CaptureSettings;
import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.commissioning.GatewayMeters;
import io.edgeflow.gateway.commissioning.GatewayRoutes;
import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.commissioning.LiveReadings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.MappingConfig;
import io.edgeflow.gateway.config.MqttConfig;
import io.edgeflow.gateway.journal.JournalSettings;
import io.edgeflow.gateway.modbus.Backoff;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.Plc4xRegisters;
import io.edgeflow.gateway.modbus.PollOutput;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.payload.Mapping;
import io.edgeflow.gateway.payload.PayloadLimits;
import io.edgeflow.gateway.payload.PayloadParser;
import io.edgeflow.gateway.recorder.EdgeTime;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RecorderSettings;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.gateway.uplink.EdgeProfile;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.gateway.uplink.LinkSettings;
import io.edgeflow.gateway.uplink.PahoLink;
import io.edgeflow.gateway.uplink.UplinkClocks;
import io.edgeflow.gateway.uplink.UplinkSettings;
import io.edgeflow.process.http.Credentials;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.metrics.ProcessMetrics;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.Users;
import io.edgeflow.process.settings.Secret;
import io.edgeflow.process.settings.Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of the edge process: every long-lived object is made here, in the order in
 * which it may begin to work, and closed backwards.
 */
public final class EdgeProcess {
  private static final Logger log = LoggerFactory.getLogger(EdgeProcess.class);

  /** Messages before the owner thread; beyond it senders wait (A2). */
  private static final int QUEUE = 8_192;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

  /**
   * How long the last frames may be sent at a clean stop (J4); less than the 3 s allowed, because
   * the rest needs time too.
   */
  private static final Duration LAST_FRAMES = Duration.ofMillis(2_500);

  private static final Duration SEAL = Duration.ofSeconds(2);

  private final GatewayConfig config;
  private final Lifecycle parts;
  private final Surroundings surroundings;
  private final LongSupplier wallMicros;

  private EdgeProcess(GatewayConfig config, Lifecycle parts, Surroundings surroundings) {
    this.config = config;
    this.parts = parts;
    this.surroundings = surroundings;
    this.wallMicros = surroundings.wallMicros();
  }

  /** Returns when readings are taken. Whatever was begun is closed again if it fails. */
  public static void start(
      Settings<GatewayConfig> settings, Lifecycle parts, Surroundings surroundings)
      throws Exception {
    log.info("settings\n{}", settings.effective());
    EdgeProcess process = new EdgeProcess(settings.value(), parts, surroundings);
    parts.start(
        () -> {
          process.open();
          return null;
        });
  }

  private void open() throws Exception {
    long began = System.nanoTime();
    ProcessMetrics metrics =
        parts.open("metrics", () -> new ProcessMetrics("gateway"), ProcessMetrics::close);
    RejectLog rejects = new RejectLog(wallMicros);
    Recorder recorder = parts.open("recorder", () -> recorder(rejects), Recorder::close);
    BrokerEnd brokerEnd = parts.open("broker's end", BrokerEnd::new, BrokerEnd::await);
    Forwarder uplink =
        parts.open("uplink", () -> uplink(recorder), forwarder -> finish(recorder, forwarder));
    GatewayBroker broker = parts.open("broker", () -> broker(recorder), brokerEnd::begin);
    ModbusCounters polls = new ModbusCounters(config.modbus().devices().keySet());
    poller(recorder, rejects, broker, polls);
    Vertx vertx = parts.open("event loop", () -> EventLoop.start(1), EventLoop::close);
    Refusals refusals = new Refusals(recorder, broker.figures(), polls);
    vertx.setPeriodic(1_000, id -> refusals.tell());
    LiveReadings live = parts.open("live readings", LiveReadings::new, LiveReadings::close);
    recorder.listen(live::accepted);
    GatewayViews views =
        new EdgeViews(config, recorder, uplink, rejects, polls, wallMicros, maxBytes()).views();
    GatewayMeters meters = meters(metrics, views);
    recorder.observeSyncs((nanos, bytes) -> meters.synced(nanos));
    WebSettings webSettings = WebSettings.of(config.http().host(), config.http().port());
    Routes routes = GatewayRoutes.of(views, live, metrics::scrape, wallMicros);
    WebServer web =
        parts.open(
            "web",
            () -> WebServer.start(vertx, webSettings, routes, credentials()),
            WebServer::close);
    log.info(
        "ready edge={} in {} ms: MQTT on {}:{}, page {}",
        config.edge(),
        (System.nanoTime() - began) / 1_000_000,
        broker.host(),
        broker.port(),
        web.address());
  }

  private Optional<Credentials> credentials() throws BrokerStartException {
    Optional<Path> file = config.http().users();
    return file.isEmpty() ? Optional.empty() : Optional.of(Users.read(file.get())::admits);
  }

  private Recorder recorder(RejectLog rejects) throws IOException {
    Path directory = config.dataDir();
    Files.createDirectories(directory);
    RecorderSettings settings =
        new RecorderSettings(
            config.edge(),
            new WindowRule(micros(config.window().length()), micros(config.window().grace())),
            config.frame().linger(),
            QUEUE,
            maxBytes(),
            config.buffer().freeSpaceFloorOn(volumeBytes()),
            config.buffer().keepDelivered());
    JournalSettings journal =
        new JournalSettings(
            directory.resolve("journal"),
            config.edge(),
            config.journal().commitInterval(),
            config.journal().idleCommitInterval(),
            config.journal().segmentBytes().bytes());
    PayloadParser parser =
        new PayloadParser(
            config.mappings().stream()
                .map(m -> new Mapping(m.prefix(), m.onSameTime() == MappingConfig.OnSameTime.FIRST))
                .toList(),
            PayloadLimits.STANDARD);
    EdgeTime time =
        new EdgeTime(
            wallMicros,
            surroundings.nanos(),
            surroundings.os(),
            micros(config.time().maxFuture()),
            ChronoUnit.MICROS.between(Instant.EPOCH, BuildInfo.released()));
    ConfiguredSeries series =
        new ConfiguredSeries(
            config.series(), ModbusParts.units(config.modbus()), config.limits().maxSeries());
    Recorder recorder =
        Recorder.open(
            settings,
            journal,
            surroundings.disk(),
            parser,
            time,
            series,
            rejects,
            new SecureRandom());
    recorder.start(this::broken);
    return recorder;
  }

  private long maxBytes() throws IOException {
    return config.buffer().maxBytesOn(volumeBytes());
  }

  private long volumeBytes() throws IOException {
    return Files.getFileStore(config.dataDir()).getTotalSpace();
  }

  private GatewayMeters meters(ProcessMetrics metrics, GatewayViews views) {
    return new GatewayMeters(
        metrics.registry(),
        views,
        Stream.of(RejectReason.values()).map(RejectReason::word).toList(),
        List.copyOf(config.modbus().devices().keySet()),
        Stream.of(ModbusCounters.Outcome.values()).map(ModbusCounters.Outcome::word).toList());
  }

  /**
   * Nothing can be recorded any more, so nothing may be acknowledged: end, and recover at the next
   * start.
   */
  private void broken(Throwable cause) {
    log.error("the owner thread broke; the process ends and recovers at its next start", cause);
    Runtime.getRuntime().halt(ExitCodes.FAILED);
  }

  private Forwarder uplink(Recorder recorder) {
    LinkSettings link =
        new LinkSettings(
            config.uplink().url().toString(),
            config.edge(),
            recorder.incarnation(),
            config.uplink().user().orElse(null),
            config.uplink().password().map(Secret::reveal).orElse(null),
            CONNECT_TIMEOUT,
            KEEP_ALIVE);
    EdgeProfile profile =
        new EdgeProfile(
            config.edge(),
            recorder.incarnation(),
            config.site(),
            config.labels(),
            config.zone().getId(),
            "edgeflow/" + BuildInfo.version());
    Forwarder forwarder =
        new Forwarder(
            profile,
            UplinkSettings.DEFAULTS.withResendAfter(config.uplink().resendAfter()),
            new PahoLink(link),
            recorder.outbox(),
            new UplinkClocks(surroundings.nanos(), wallMicros),
            // Not a ThreadLocalRandom: the uplink's thread would find it unseeded, alike on every
            // edge.
            new SplittableRandom(),
            (cloudMicros, arrivedNanos) -> recorder.cloudSaid(cloudMicros));
    forwarder.start();
    return forwarder;
  }

  private static void finish(Recorder recorder, Forwarder forwarder) throws InterruptedException {
    recorder.seal(SEAL);
    forwarder.stop(LAST_FRAMES);
  }

  private GatewayBroker broker(Recorder recorder) throws Exception {
    MqttConfig mqtt = config.mqtt();
    BrokerSettings settings =
        new BrokerSettings(
            mqtt.host(),
            mqtt.port(),
            mqtt.users().orElse(null),
            1,
            mqtt.receiveMaximum(),
            Math.toIntExact(mqtt.maxPacketBytes().bytes()),
            mqtt.maxConnections(),
            BrokerSettings.DEFAULT_MAX_QUEUED_MESSAGES,
            mqtt.maxBytesPerSecond().bytes(),
            null);
    return GatewayBroker.start(settings, CaptureSettings.DEFAULT, recorder.intake());
  }

  private void poller(
      Recorder recorder, RejectLog rejects, GatewayBroker broker, ModbusCounters counters)
      throws Exception {
    List<ModbusDevice> devices = ModbusParts.devices(config.modbus());
    if (devices.isEmpty()) {
      return;
    }
    Plc4xRegisters registers =
        parts.open("modbus connections", Plc4xRegisters::new, Plc4xRegisters::close);
    PollOutput output =
        new PollOutput(
            recorder.intake(),
            broker.localPublisher()::publish,
            ModbusParts.faults(recorder, rejects),
            counters);
    parts.open(
        "poller",
        () -> {
          Poller poller =
              new Poller(
                  devices,
                  registers::open,
                  output,
                  new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
                  () -> ThreadLocalRandom.current().nextDouble());
          poller.start();
          return poller;
        },
        Poller::close);
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
