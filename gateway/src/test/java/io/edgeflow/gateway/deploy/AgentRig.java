package io.edgeflow.gateway.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.gateway.scoring.GatewayScoring;
import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.RolloutPanel;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.ScoringRig;
import io.edgeflow.gateway.scoring.SlotView;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.PayloadKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * An edge's slot {@code wear} with real models, its agent, and a cloud that signs what it likes.
 * Time passes only when somebody says so. A kill leaves the disk as it is at that moment.
 */
final class AgentRig implements AutoCloseable {
  static final String EDGE = "pi-7";
  static final String SLOT = "wear";
  static final Duration SHADOW = Duration.ofSeconds(10);
  static final Duration SOAK = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The end of the process, where it is meant to end. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  final SigningKey root = SigningKey.generate();
  final SigningKey controller = SigningKey.generate();
  final MemorySource source = new MemorySource(keys(1, controller));
  final AtomicLong nanos = new AtomicLong();
  final AtomicLong resident = new AtomicLong();
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Deployment> told = new CopyOnWriteArrayList<>();

  /** At which point the process ends; points are counted from 1. */
  volatile int killAt = Integer.MAX_VALUE;

  volatile boolean killed;
  volatile ApplicationInstaller installer = ApplicationInstaller.NONE;
  private final AtomicInteger points = new AtomicInteger();
  private final Path temp;
  private final Optional<Path> configured;
  private final Placement placement;
  private int starts;
  private Path data;
  private GatewayScoring scoring;
  private ScoringRig rig;
  private Agent agent;
  private Inbox inbox;

  AgentRig(Path temp, Optional<Path> configured, Placement placement) throws Exception {
    this.temp = temp;
    this.configured = configured;
    this.placement = placement;
    this.data = Files.createDirectories(temp.resolve("data-0"));
    begin(() -> true);
  }

  AgentRig(Path temp, Path configured) throws Exception {
    this(temp, Optional.of(configured), Placement.INSIDE);
  }

  KeyDocument keys(int number, SigningKey... controllers) {
    Map<String, KeyDocument.Publisher> known = new HashMap<>();
    for (int i = 0; i < controllers.length; i++) {
      known.put("cloud-" + i, new KeyDocument.Publisher(controllers[i].verifying(), 0));
    }
    return new KeyDocument(1, number, List.of(root.verifying()), Map.of(), known);
  }

  private void begin() throws Exception {
    begin(() -> true);
  }

  private void begin(BooleanSupplier looks) throws Exception {
    starts++;
    killed = false;
    points.set(0);
    Path folder = data.resolve("deploy");
    Ledger ledger = Ledger.open(folder, new Mortal(new FileJournal(folder)), () -> 1_000L * starts);
    rig = new ScoringRig(data.resolve("models"));
    rig.veto = ledger;
    scoring =
        rig.start(
            new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1)),
            new ScoringConfig(SLOT, configured, placement, Optional.empty()));
    await(looks);
    inbox = new Inbox();
    AgentPorts ports =
        new AgentPorts(
            new MortalPanel(scoring),
            source,
            (InstallerView) () -> installer,
            (severity, type, message, detail) ->
                events.add(type + " " + detail.getOrDefault("name", "")),
            nanos::get,
            Optional::empty,
            resident::get,
            Duration.ofMillis(2));
    agent =
        Agent.start(
            new AgentIdentity(EDGE, "edgeflow", "start-" + starts, 1),
            ports,
            ledger,
            inbox,
            () -> told.add(agent().deployment().orElseThrow()));
  }

  private Agent agent() {
    return agent;
  }

  /** Whoever installs may change while the agent runs. */
  private interface InstallerView extends ApplicationInstaller {
    ApplicationInstaller now();

    @Override
    default Optional<String> current() {
      return now().current();
    }

    @Override
    default InstallState ask(String digest, Path folder, String version) {
      return now().ask(digest, folder, version);
    }

    @Override
    default InstallState ask(String digest, Path folder, String version, Duration soak) {
      return now().ask(digest, folder, version, soak);
    }

    @Override
    default void begin(String digest) {
      now().begin(digest);
    }

    @Override
    default void forgive(String digest) {
      now().forgive(digest);
    }
  }

  private void point() {
    if (points.incrementAndGet() == killAt) {
      killed = true;
      throw new Killed();
    }
  }

  /** Every write may be the last thing that is done, or that is not. */
  private final class Mortal implements Journal {
    private final Journal real;

    Mortal(Journal real) {
      this.real = real;
    }

    @Override
    public AgentState read() {
      return real.read();
    }

    @Override
    public void write(AgentState state) throws IOException {
      point();
      real.write(state);
      point();
    }
  }

  /** Every command too. */
  private final class MortalPanel implements RolloutPanel {
    private final GatewayScoring real;

    MortalPanel(GatewayScoring real) {
      this.real = real;
    }

    @Override
    public Optional<SlotView> view(String slot) {
      return real.view(slot);
    }

    @Override
    public boolean isDeadly(String digest) {
      return real.isDeadly(digest);
    }

    @Override
    public Duration rest(String digest) {
      return real.rest(digest);
    }

    @Override
    public boolean rests(String digest) {
      return real.rests(digest);
    }

    @Override
    public void forgive(String digest) throws IOException {
      real.forgive(digest);
    }

    @Override
    public List<Status.Model> models() {
      return real.models();
    }

    @Override
    public Asked ask(String slot, ModelCommand command, Said by) {
      point();
      Asked asked = real.ask(slot, command, by);
      if (points.get() + 1 == killAt) {
        asked.outcome().join();
      }
      point();
      return asked;
    }
  }

  Path folder() {
    return temp;
  }

  // What happens to it.

  /** As after kill -9: what was not on the disk is gone. */
  void restartAfterKill() throws Exception {
    Path next = temp.resolve("data-" + starts);
    copy(data, next);
    agent.abandon();
    scoring.close();
    data = next;
    begin();
  }

  void restartCleanly() throws Exception {
    close();
    begin();
  }

  interface Meanwhile {
    void run() throws IOException;
  }

  void restartAfter(Meanwhile what) throws Exception {
    close();
    what.run();
    begin();
  }

  /** Its agent looks for the first time when it is so. */
  void restartAfter(Meanwhile what, BooleanSupplier looks) throws Exception {
    close();
    what.run();
    begin(looks);
  }

  /** As if the process had been killed so often in the first moments of a model that did well. */
  void died(String digest, int times) throws IOException {
    Files.writeString(
        data.resolve("models").resolve("attempts").resolve(digest + ".attempts"),
        "deaths " + times + "\n");
  }

  @Override
  public void close() {
    agent.close();
    scoring.close();
  }

  /** Time passes, and readings come. */
  void pass(Duration time, int readings) {
    nanos.addAndGet(time.toNanos());
    for (int i = 0; i < readings; i++) {
      rig.read(scoring, i % 5);
    }
    rig.scores();
  }

  void flow(double value, int readings) {
    for (int i = 0; i < readings; i++) {
      rig.read(scoring, value);
    }
  }

  /** Time passes with readings until it is so, or the process is killed. */
  void passUntil(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && !killed) {
      assertTrue(System.nanoTime() < end, () -> "not within 30 s: " + report());
      pass(Duration.ofSeconds(1), 5);
      Thread.sleep(1);
    }
  }

  /** Without any time passing. */
  void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && !killed) {
      assertTrue(System.nanoTime() < end, () -> "not within 30 s: " + report());
      Thread.sleep(1);
    }
  }

  // What it says.

  Agent panel() {
    return agent;
  }

  GatewayScoring models() {
    return scoring;
  }

  Deployment report() {
    return agent.deployment().orElseThrow();
  }

  DeployedSlot slot() {
    return report().slots().getFirst();
  }

  boolean hasSlot() {
    return !report().slots().isEmpty();
  }

  /** State of the slot, and {@code proven}. */
  String state() {
    if (!hasSlot()) {
      return "";
    }
    return slot().proven() ? "proven" : slot().state().word();
  }

  String serving() {
    return scoring.view(SLOT).orElseThrow().serving().map(model -> model.name()).orElse("");
  }

  /** Of this start's models. */
  List<String> modelEvents() {
    return rig.events();
  }

  long ignored() {
    return agent.ignored();
  }

  // What the cloud says.

  void offer(Desired desired) {
    inbox.offered(signed(desired, controller));
  }

  void offer(byte[] signed) {
    inbox.offered(signed);
  }

  static byte[] signed(Desired desired, SigningKey by) {
    return Envelope.around(Desired.TYPE, desired.text())
        .signedBy(by)
        .text()
        .getBytes(StandardCharsets.UTF_8);
  }

  static Desired document(long number, DesiredSlot... slots) {
    return new Desired(
        "edgeflow",
        EDGE,
        number,
        1,
        1,
        List.of(slots),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  static Desired with(Desired of, List<String> disabled, List<String> forgiven) {
    return new Desired(
        of.audience(),
        of.edge(),
        of.number(),
        of.issuedMillis(),
        of.keys(),
        of.slots(),
        disabled,
        forgiven,
        of.denied(),
        of.floors(),
        of.mandate());
  }

  static DesiredSlot to(String digest, String rollout, Duration shadow) {
    return new DesiredSlot(PayloadKind.MODEL, SLOT, "", "", digest, rollout, shadow, SOAK);
  }

  /** As the cloud asks for what was there before: there is nothing to be judged. */
  static DesiredSlot back(String digest, String rollout) {
    return new DesiredSlot(
        PayloadKind.MODEL, SLOT, "", "", digest, rollout, Duration.ZERO, Duration.ZERO);
  }

  static DesiredSlot to(String digest, String rollout) {
    return to(digest, rollout, Duration.ZERO);
  }

  /** Keys of the manifest are set to what this JSON says. */
  static Path with(Path bundle, String json) throws IOException {
    Path file = bundle.resolve("manifest.json");
    ObjectNode manifest = (ObjectNode) JSON.readTree(file.toFile());
    manifest.setAll((ObjectNode) JSON.readTree(json));
    Files.write(file, JSON.writeValueAsBytes(manifest));
    return bundle;
  }

  /** So that some rows tell enough, and a loaded machine breaks no gate. */
  static Path gated(Path bundle) throws IOException {
    return with(
        bundle,
        """
        {"gates": {"minRows": 10, "latencyP99": "30s"},
         "thresholds": [{"name": "high", "output": "level", "value": 35, "min": 0, "max": 99}]}
        """);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (folder.endsWith("runtime")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              Files.copy(file, to.resolve(from.relativize(file)));
            } catch (NoSuchFileException replacedMeanwhile) {
              return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
