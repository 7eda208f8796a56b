package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.commissioning.Ledger;
import io.edgeflow.gateway.commissioning.RejectedInput;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.gateway.rawcapture.CaptureFigures;
import io.edgeflow.gateway.recorder.ClockFigures;
import io.edgeflow.gateway.recorder.EdgeFigures;
import io.edgeflow.gateway.recorder.LatestReading;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.gateway.uplink.UplinkStatus;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.metrics.ResidentMemory;
import io.edgeflow.process.settings.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the pages show, drawn from the parts that own it. Any thread. */
final class EdgeViews {
  private static final long PATIENCE_SECONDS = 5;

  private final GatewayConfig config;
  private final Recorder recorder;
  private final Forwarder uplink;
  private final RejectLog rejects;
  private final ModbusCounters polls;
  private final LongSupplier presentMicros;
  private final long maxBytes;
  private final Supplier<List<Status.Model>> models;
  private final Supplier<Status.Rollouts> rollouts;
  private final Supplier<Status.Site> hub;
  private final GatewayViews.ModbusView modbus;
  private final Supplier<List<Status.Source>> sources;
  private final long startedNanos;

  /**
   * @param startedNanos when the process began, {@link System#nanoTime}
   */
  EdgeViews(
      GatewayConfig config,
      long startedNanos,
      Recorder recorder,
      Forwarder uplink,
      RejectLog rejects,
      ModbusCounters polls,
      LongSupplier presentMicros,
      long maxBytes,
      Supplier<List<Status.Model>> models,
      Supplier<Status.Rollouts> rollouts,
      Supplier<Status.Site> hub,
      GatewayViews.ModbusView modbus,
      Supplier<List<Status.Source>> sources) {
    this.config = config;
    this.startedNanos = startedNanos;
    this.recorder = recorder;
    this.uplink = uplink;
    this.rejects = rejects;
    this.polls = polls;
    this.presentMicros = presentMicros;
    this.maxBytes = maxBytes;
    this.models = models;
    this.rollouts = rollouts;
    this.hub = hub;
    this.modbus = modbus;
    this.sources = sources;
  }

  GatewayViews views() {
    return new GatewayViews(
        this::ledger, this::latest, this::status, this::rejected, modbus, this::missing);
  }

  private Ledger ledger() throws Exception {
    return ledger(config.edge(), await(recorder.figures()));
  }

  static Ledger ledger(String edge, EdgeFigures figures) {
    Map<String, Ledger.Lane> lanes = new TreeMap<>();
    figures.lanes().forEach((lane, figure) -> lanes.put(lane.word(), lane(figure)));
    return new Ledger(
        edge,
        figures.received(),
        figures.accepted(),
        figures.folded(),
        figures.duplicate(),
        figures.conflict(),
        figures.pending(),
        words(figures.rejected()),
        words(figures.refused()),
        figures.unstamped(),
        figures.unverifiable(),
        new Ledger.Reports(figures.reported(), figures.reportsWaiting(), figures.fetched()),
        lanes);
  }

  private static Ledger.Lane lane(LaneFigures figures) {
    return new Ledger.Lane(
        amount(figures.framed()),
        figures.offered(),
        amount(figures.delivered()),
        amount(figures.buffered()),
        amount(figures.superseded()),
        amount(figures.refused()),
        amount(figures.conflict()),
        amount(figures.dropped()),
        amount(figures.coarse()));
  }

  private static Ledger.Amount amount(LaneFigures.Amount amount) {
    return new Ledger.Amount(amount.frames(), amount.readings());
  }

  private static Map<String, Long> words(Map<RejectReason, Long> counts) {
    Map<String, Long> words = new TreeMap<>();
    counts.forEach((reason, count) -> words.put(reason.word(), count));
    return words;
  }

  private List<LatestReading> latest() throws Exception {
    return await(recorder.latest());
  }

  private List<RejectedInput> rejected() {
    return rejects.last().stream()
        .map(
            one ->
                new RejectedInput(
                    one.timeMicros(),
                    one.reason().word(),
                    one.source(),
                    one.detail(),
                    one.start(),
                    one.bytes()))
        .toList();
  }

  private Status status() throws Exception {
    EdgeFigures figures = await(recorder.figures());
    return new Status(
        config.edge(),
        config.site(),
        config.labels(),
        BuildInfo.version(),
        recorder.incarnation().toString(),
        millisSince(startedNanos),
        ResidentMemory.bytes(),
        link(uplink.status()),
        backlog(figures),
        clock(await(recorder.clock())),
        journal(),
        RiskParts.promise(RiskParts.report(config, maxBytes, await(recorder.load()))),
        new Status.Series(figures.series(), config.limits().maxSeries()),
        figures.received(),
        recorder.queued(),
        devices(),
        models.get(),
        rollouts.get(),
        hub.get(),
        captures(await(recorder.captures().figures())),
        sources.get());
  }

  private static Status.Captures captures(CaptureFigures figures) {
    return new Status.Captures(
        figures.demands().stream()
            .flatMap(demand -> demand.series().stream())
            .map(Glob::pattern)
            .toList(),
        figures.pending(),
        figures.refused());
  }

  private Status.Link link(UplinkStatus status) {
    Status.LinkState state =
        switch (status.state()) {
          case SENDING -> Status.LinkState.CONNECTED;
          case CONNECTING, GREETING -> Status.LinkState.CONNECTING;
          case WAITING, CLOSED -> Status.LinkState.DISCONNECTED;
        };
    return new Status.Link(
        state,
        config.uplink().url().toString(),
        millisSince(status.sinceNanos()),
        status.acknowledgedNanos() == 0 ? null : millisSince(status.acknowledgedNanos()),
        status.lastError(),
        status.inFlightFrames(),
        status.creditBytes(),
        status.breaker().word(),
        status.failures());
  }

  private Status.Backlog backlog(EdgeFigures figures) {
    long frames = 0;
    long readings = 0;
    for (LaneFigures lane : figures.lanes().values()) {
      frames += lane.buffered().frames();
      readings += lane.buffered().readings();
    }
    Map<String, Long> bytes = new TreeMap<>();
    figures.pendingBytes().forEach((lane, amount) -> bytes.put(lane.word(), amount));
    return new Status.Backlog(frames, readings, bytes, oldestAgeMillis(figures));
  }

  private @Nullable Long oldestAgeMillis(EdgeFigures figures) {
    return figures.oldestPendingMicros().isEmpty()
        ? null
        : (presentMicros.getAsLong() - figures.oldestPendingMicros().getAsLong()) / 1_000;
  }

  private static Status.Clock clock(ClockFigures clock) {
    Double offset =
        clock.cloudOffsetMicros().isEmpty()
            ? null
            : clock.cloudOffsetMicros().getAsLong() / 1_000.0;
    return new Status.Clock(clock.believed(), clock.why(), clock.presentMicros() / 1_000, offset);
  }

  private Status.Journal journal() {
    long bytes = recorder.journalBytes() + recorder.backlogBytes() + recorder.reserveBytes();
    boolean room = recorder.hasRoom();
    JournalHealth health = recorder.journalHealth();
    return new Status.Journal(
        JournalWords.state(health),
        JournalWords.detail(health),
        JournalWords.forMillis(health),
        bytes,
        maxBytes,
        room);
  }

  private List<Status.Device> devices() {
    List<Status.Device> devices = new ArrayList<>();
    for (ModbusConfig.Line line : config.modbus().lines()) {
      line.devices()
          .forEach(
              (name, device) ->
                  devices.add(
                      new Status.Device(
                          name, line.name() + " unit " + device.unitId(), requests(name))));
    }
    return devices;
  }

  private Map<String, Long> requests(String device) {
    Map<String, Long> requests = new TreeMap<>();
    polls.requests().stream()
        .filter(line -> line.device().equals(device))
        .forEach(line -> requests.put(line.outcome().word(), line.count()));
    return requests;
  }

  /** Ready is: readings can be taken and journaled, link or no link. */
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    JournalHealth health = recorder.journalHealth();
    if (!(health instanceof JournalHealth.Ok)) {
      missing.add(JournalWords.missing(health));
    }
    if (!recorder.hasRoom()) {
      missing.add("no room: buffer.maxBytes or buffer.freeSpaceFloor is reached");
    }
    return missing;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static <T> T await(CompletableFuture<T> figures)
      throws InterruptedException, ExecutionException, TimeoutException {
    return figures.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
