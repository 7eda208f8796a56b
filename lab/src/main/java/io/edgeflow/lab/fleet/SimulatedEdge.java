package io.edgeflow.lab.fleet;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.bundles.BundleStore;
import io.edgeflow.gateway.bundles.DownloadSettings;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.gateway.deploy.Agent;
import io.edgeflow.gateway.deploy.AgentIdentity;
import io.edgeflow.gateway.deploy.AgentPorts;
import io.edgeflow.gateway.deploy.ApplicationInstaller;
import io.edgeflow.gateway.deploy.Inbox;
import io.edgeflow.gateway.deploy.Ledger;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.scoring.GatewayScoring;
import io.edgeflow.process.trust.VerifyingKey;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.frame.Incarnation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * An edge without telemetry: the real agent, its store of bundles and real models, and the
 * documents that an edge and its cloud exchange. Only what it senses is made up. Any thread.
 */
public final class SimulatedEdge implements AutoCloseable {
  private static final String SERIES = "pump/flow";
  private static final Duration TICK = Duration.ofMillis(250);
  private static final long FREE_SPACE = 1 << 20;
  private static final int KEEP = 1;

  private final Place place;
  private final Inbox inbox = new Inbox();
  private final GatewayScoring scoring;
  private final BundleStore bundles;
  private final Agent agent;
  private final EdgeLine line;
  private long readings;

  /**
   * Where an edge stands.
   *
   * @param home its directory; what lies there it goes on with
   * @param slot that models come to
   * @param broker {@code tcp://host:port} of the cloud
   * @param web {@code http://host:port} of the cloud
   * @param root the public key that it pins
   */
  public record Place(
      String name, String site, Path home, String slot, URI broker, URI web, Path root) {}

  private SimulatedEdge(
      Place place,
      GatewayScoring scoring,
      BundleStore bundles,
      Ledger ledger,
      LongSupplier memory) {
    this.place = place;
    this.scoring = scoring;
    this.bundles = bundles;
    String start = Incarnation.random(new SecureRandom()).toString();
    this.line = new EdgeLine(place, start, inbox::offered, this::report);
    this.agent =
        Agent.start(
            new AgentIdentity(place.name(), "edgeflow", start, KEEP),
            new AgentPorts(
                scoring,
                bundles,
                ApplicationInstaller.NONE,
                (severity, type, message, detail) -> {},
                System::nanoTime,
                () -> Optional.of(Instant.now()),
                memory,
                TICK),
            ledger,
            inbox,
            line::say);
  }

  /**
   * Starts one; its models are loaded beside.
   *
   * @param memory what its process takes, bytes
   */
  public static SimulatedEdge start(Place place, LongSupplier memory) throws IOException {
    Path deploy = place.home().resolve("deploy");
    Ledger ledger = Ledger.open(deploy, System::currentTimeMillis);
    BundleStore bundles =
        BundleStore.open(
            new NioDisk(),
            deploy.resolve("bundles"),
            VerifyingKey.parse(Files.readString(place.root())),
            DownloadSettings.of(place.web(), Optional.empty(), Long.MAX_VALUE, FREE_SPACE),
            () -> false,
            () -> Optional.of(Instant.now()));
    GatewayScoring scoring =
        GatewayScoring.start(
            List.of(
                new ScoringConfig(
                    place.slot(), Optional.empty(), Placement.INSIDE, Optional.empty())),
            new GatewayScoring.Ground(
                place.home().resolve("models"),
                new Nowhere(),
                new SimpleMeterRegistry(),
                (severity, type, message, detail) -> {},
                () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
                ledger),
            new GatewayScoring.Pace(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    return new SimulatedEdge(place, scoring, bundles, ledger, memory);
  }

  /** Scores are not needed any further here. */
  private static final class Nowhere implements Intake {
    @Override
    public boolean offer(Submission submission) {
      submission.settleSafe();
      return true;
    }

    @Override
    public void whenRoom(Runnable retry) {
      retry.run();
    }
  }

  public String name() {
    return place.name();
  }

  /** Connects, if it is not connected; returns at once. */
  public void connect() {
    line.connect();
  }

  /** Goes away without a word, and stays away until it is told to connect. */
  public void vanish() {
    line.vanish();
  }

  /** Tells how its models do. */
  void say() {
    line.say();
  }

  /** Senses something. One thread. */
  public void sense() {
    long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    scoring.accepted(SERIES, micros, 10.0 + readings++ % 10, null, Quality.GOOD);
  }

  /** Which bundle serves; empty for none. */
  public String serving() {
    return scoring.models().getFirst().digest();
  }

  public Optional<Deployment> deployment() {
    return agent.deployment();
  }

  /** Whether this bundle is in its slot and did well. */
  boolean hasProven(String digest) {
    return agent.deployment().stream()
        .flatMap(said -> said.slots().stream())
        .anyMatch(slot -> slot.proven() && slot.digest().equals(digest));
  }

  private byte[] report() {
    List<ReportedModel> models = scoring.models().stream().map(SimulatedEdge::model).toList();
    return new Reported(
            place.name(),
            Reported.VERSION,
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
            "edgeflow/simulated",
            models,
            0,
            agent.deployment())
        .toBytes();
  }

  private static ReportedModel model(Status.Model model) {
    return new ReportedModel(
        model.slot(),
        "",
        model.name(),
        model.version(),
        model.digest(),
        model.provider(),
        model.state(),
        model.detail(),
        model.shadow(),
        model.scored(),
        model.errors(),
        model.dropped(),
        0,
        0);
  }

  @Override
  public void close() {
    line.close();
    agent.close();
    scoring.close();
    bundles.close();
  }
}
