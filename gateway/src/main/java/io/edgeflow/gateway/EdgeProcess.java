package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.commissioning.GatewayMeters;
import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.commissioning.ModbusUnits;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.VolumeFit;
import io.edgeflow.gateway.deploy.Inbox;
import io.edgeflow.gateway.learn.UnmappedRoutes;
import io.edgeflow.gateway.learn.UnmappedTopics;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.nodes.NodeDesk;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.gateway.setpoints.SetDesk;
import io.edgeflow.gateway.source.Sources;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.metrics.ProcessMetrics;
import io.edgeflow.process.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of the edge process: every long-lived object is made here, in the order in
 * which it may begin to work, and closed backwards.
 */
public final class EdgeProcess {
  private static final Logger log = LoggerFactory.getLogger(EdgeProcess.class);

  private final GatewayConfig config;
  private final Lifecycle parts;
  private final Surroundings surroundings;
  private final long beganNanos = System.nanoTime();

  private EdgeProcess(GatewayConfig config, Lifecycle parts, Surroundings surroundings) {
    this.config = config;
    this.parts = parts;
    this.surroundings = surroundings;
  }

  /** Returns when readings are taken. Whatever was begun is closed again if it fails. */
  public static void start(
      Settings<GatewayConfig> settings, Lifecycle parts, Surroundings surroundings)
      throws Exception {
    log.info("settings\n{}", settings.effective());
    settings.fragments().forEach(file -> log.info("settings of {} are among them", file));
    EdgeProcess process = new EdgeProcess(settings.value(), parts, surroundings);
    parts.start(
        () -> {
          process.open();
          return null;
        });
  }

  private void open() throws Exception {
    ProcessMetrics metrics =
        parts.open("metrics", () -> new ProcessMetrics("gateway"), ProcessMetrics::close);
    Front front = new Front(config, beganNanos);
    GatewayMeters meters = meters(metrics, front.views());
    Present present = new Present(surroundings.wallMicros());
    SiteParts site = new SiteParts(config, surroundings);
    UnmappedTopics unmapped = new UnmappedTopics(present);
    EdgeWeb web =
        EdgeWeb.open(
            config,
            parts,
            front,
            metrics,
            present,
            routes -> UnmappedRoutes.add(site.routes(routes), unmapped));
    PatientOpening patient = new PatientOpening(parts, front);
    RejectLog rejects = new RejectLog(present, unmapped);
    Recorder recorder =
        parts.open(
            "recorder",
            () -> patient.open(() -> RecorderParts.open(config, surroundings, rejects)),
            Recorder::close);
    present.ask(recorder::presentMicros);
    recorder.observeSyncs((nanos, bytes) -> meters.synced(nanos));
    VolumeFit fit = RecorderParts.fit(config);
    fit.warnings().forEach(log::warn);
    long maxBytes = fit.maxBytes();
    RiskParts.tell(RiskParts.report(config, maxBytes, recorder.load().get()), recorder);
    BrokerEnd brokerEnd = parts.open("broker's end", BrokerEnd::new, BrokerEnd::await);
    Inbox inbox = new Inbox();
    Consumer<byte[]> documents =
        signed -> {
          inbox.offered(signed);
          site.offered(signed);
        };
    Forwarder uplink =
        parts.open(
            "uplink",
            () -> UplinkParts.open(config, surroundings, recorder, documents),
            forwarder -> UplinkParts.finish(recorder, forwarder));
    Intake intake = surroundings.taps().intake(recorder.intake());
    NodeDesk nodes = NodeParts.open(config, recorder, rejects, metrics.registry());
    site.open(parts, metrics.registry());
    SparkplugParts sparkplug = SparkplugParts.open(config, surroundings, recorder);
    SetDesk setPoints =
        new SetDesk(
            config.edge(),
            ModbusParts.setPoints(config.modbus()),
            ModbusParts.points(config.modbus()).keySet(),
            present,
            surroundings.nanos());
    GatewayBroker broker =
        parts.open(
            "broker",
            // Its working folder may be on a full volume too.
            () ->
                patient.open(
                    () ->
                        BrokerParts.open(
                            config.mqtt(),
                            intake,
                            nodes,
                            site.members(),
                            setPoints,
                            sparkplug::isDeath)),
            brokerEnd::begin);
    site.opened(broker);
    sparkplug.start(parts, web, broker, metrics.registry());
    ModbusCounters polls = new ModbusCounters(config.modbus().devices().keySet());
    Optional<Poller> poller =
        PollerParts.open(config.modbus(), parts, recorder, rejects, broker, polls);
    poller.ifPresent(one -> setPoints.open(new SetParts(one, broker, recorder)));
    AlarmMeters.register(metrics.registry(), recorder.alarms());
    ActionParts actions =
        new ActionParts(config, recorder, broker, poller, surroundings, metrics.registry());
    DeployParts deploy =
        DeployParts.open(config, parts, surroundings, recorder, uplink, inbox, site);
    ScoringParts scoring =
        ScoringParts.open(config, parts, recorder, intake, metrics.registry(), deploy.veto());
    nodes.listen(scoring::ofNodes);
    recorder.captures().sources(scoring::behind);
    Supplier<List<Status.Model>> models = () -> NodeParts.beside(scoring.models(), nodes);
    actions.open(parts, scoring.beside(web.live()::accepted));
    // Behind those who listen: what another broker kept for us comes at once.
    Sources sources = SourceParts.open(config, parts, surroundings, intake, metrics.registry());
    Refusals refusals = new Refusals(recorder, broker.figures(), polls, sources);
    web.everySecond(parts, "refusals", refusals::tell);
    Reports reports =
        new Reports(
            config.edge(),
            models,
            deploy::deployment,
            new HealthWatch(recorder, config.journal().keepsPromise(), maxBytes),
            recorder::presentMicros,
            System::nanoTime,
            uplink::report);
    deploy.start(parts, scoring.panel(), reports::now);
    KafkaParts kafka = KafkaParts.open(config, parts, documents);
    reports.also(kafka::report);
    reports.also(site::reported);
    Duration silence = config.hub().cloudAway();
    site.start(
        parts, recorder, inbox, new CloudWatch(uplink::status, surroundings.nanos(), silence));
    web.everySecond(parts, "reports", reports::tick);
    EdgeViews views =
        new EdgeViews(
            config,
            beganNanos,
            recorder,
            uplink,
            rejects,
            polls,
            present,
            maxBytes,
            models,
            () -> RolloutWords.of(deploy.deployment(), kafka.words()),
            site::status,
            () -> poller.map(one -> new ModbusViews(one, polls).units()).orElse(ModbusUnits.NONE),
            () -> SourceParts.words(sources, System::nanoTime));
    parts.open(
        "pages",
        () ->
            front.show(
                views.views(),
                recorder.flightRecorder(),
                recorder.alarms(),
                recorder.captures(),
                scoring.panel(),
                deploy.panel()),
        Front::closing);
    log.info(
        "ready edge={} in {} ms: MQTT on {}:{}, page {}",
        config.edge(),
        (System.nanoTime() - beganNanos) / 1_000_000,
        broker.host(),
        broker.port(),
        web.address());
  }

  private GatewayMeters meters(ProcessMetrics metrics, GatewayViews views) {
    return new GatewayMeters(
        metrics.registry(),
        views,
        Stream.of(RejectReason.values()).map(RejectReason::word).toList(),
        JournalWords.states(),
        List.copyOf(config.modbus().devices().keySet()),
        Stream.of(ModbusCounters.Outcome.values()).map(ModbusCounters.Outcome::word).toList());
  }
}
