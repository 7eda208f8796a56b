package io.edgeflow.lab.demo;

import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.fleet.Keys;
import io.edgeflow.lab.fleet.Publishing;
import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.FaultPlan;
import io.edgeflow.lab.sim.Plant;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.PlantSlave;
import io.edgeflow.lab.sim.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Everything here, with a simulated plant; prints the dashboard's address.",
      "",
      "One pump after the other cavitates. A model at the edge, fitted to healthy pumps when the"
          + " demo starts, sees it, its score raises an alarm, and the alarm writes a coil of the"
          + " pumps' controller that slows the pump down: the cavitation ends, the alarm returns,"
          + " the pump is set back. Meanwhile a good and a bad version of the model are published:"
          + " the page shows how one comes to serve and the other is taken back. With --for the"
          + " demo ends with the account of that and of every reading, and exits with 0 only if"
          + " both are in order.",
      "  edgeflow demo --for 90s",
      "  edgeflow demo --for 90s --without-cloud 30s",
      ""
    })
public final class Demo implements Callable<Integer> {
  private static final int MOST_STARTS = 3;

  /** Two children, each of which may take ten seconds. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

  /** How long a pump is slow at least; then what made it cavitate is over. */
  private static final Duration SLOW_FOR = Duration.ofSeconds(12);

  /** A pump must be well again before the next time. */
  private static final Duration LEAST_EVERY = Duration.ofSeconds(30);

  private static final Duration CURED_AFTER = Duration.ofSeconds(5);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "Stop by itself after that time, wait until everything is delivered, print the ledger of"
              + " both ends, and exit 0 only if it balances and the pumps were looked after.")
  private @Nullable Duration runFor;

  @Option(names = "--keep", description = "Go on with what the last demo left in data/demo.")
  private boolean keep;

  @Option(
      names = "--devices",
      defaultValue = "8",
      description = "Devices over MQTT (default: ${DEFAULT-VALUE}).")
  private int devices;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "Publishes a second, all together (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--window",
      defaultValue = "10s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Length of a window; divides an hour (default: ${DEFAULT-VALUE}).")
  private Duration window;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Equal seeds make equal plants (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--cavitate-every",
      defaultValue = "3m",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "Each pump cavitates once in that time, one after the other (default: ${DEFAULT-VALUE}).")
  private Duration cavitateEvery;

  @Option(
      names = "--first-fault",
      defaultValue = "10s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "The first pump begins to cavitate so long after the model does its work"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration firstFault;

  @Option(
      names = "--without-cloud",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "Stop the cloud before the first fault, and start it again after that time, when the edge"
              + " has dealt with the fault alone; it delivers the account later.")
  private @Nullable Duration withoutCloud;

  @Option(
      names = "--no-rollouts",
      description = "Publish no models: only the one that the gateway begins with serves.")
  private boolean noRollouts;

  @Option(
      names = "--bad-input-every",
      defaultValue = "20s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Send something that no gateway wants, that often (default: ${DEFAULT-VALUE}).")
  private Duration badInputEvery;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Spec private CommandSpec spec;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    refuseNonsense();
    Path home = Path.of(System.getProperty("edgeflow.home", "")).toAbsolutePath();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "demo-stop"));
    try (var folder = DemoFolder.open(home.resolve("data"), keep);
        var documents = new Documents()) {
      return run(home, folder, documents);
    } finally {
      stopped.countDown();
    }
  }

  private void refuseNonsense() {
    long seconds = window.toSeconds();
    if (seconds < 1 || !window.equals(Duration.ofSeconds(seconds)) || 3_600 % seconds != 0) {
      throw new ParameterException(
          spec.commandLine(), "--window must be whole seconds and divide an hour");
    }
    if (devices < 1 || !(rate > 0) || cavitateEvery.compareTo(LEAST_EVERY) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--devices must be 1 or more, --rate above 0, --cavitate-every 30s or more");
    }
  }

  private int run(Path home, DemoFolder folder, Documents documents)
      throws IOException, InterruptedException {
    FaultPlan plan = FaultPlan.of(faults());
    PlantLayout layout = PlantLayout.of(seed, devices, plan);
    say("starting a cloud, a gateway and a plant; their files and logs are in " + folder);
    Path bundle = PumpModel.bundle(folder.resolve("models"), seed, period(layout));
    Keys keys = Keys.in(folder.resolve("keys"));
    DemoModels models =
        DemoModels.of(bundle, folder.resolve("models").resolve("published"), keys.publisher());
    var settings = new DemoSettings(layout, bundle, window, SLOW_FOR, keys);
    try (PlantSlave slave = Plant.slaves(layout, new Ports().near(5020))) {
      for (int attempt = 1; ; attempt++) {
        var addresses = DemoSystem.Addresses.free(slave.port());
        try (DemoSystem system = DemoSystem.start(home, folder, addresses, settings);
            Publishing cloud = new Publishing(addresses.cloud())) {
          system.awaitReady(new Readiness(documents, this::stopping, line -> say("  " + line)));
          var show =
              new DemoRun(
                  system,
                  parts(addresses, layout, plan),
                  documents,
                  noRollouts
                      ? Optional.empty()
                      : Optional.of(new RolloutStory(cloud, keys, models, DemoRun::say)),
                  stop);
          return stopping() ? 0 : show.show(slave);
        } catch (Readiness.EndedEarly ended) {
          if (attempt == MOST_STARTS || stopping()) {
            throw ended;
          }
          say("  that did not work; once more with other ports:\n" + ended.getMessage());
        }
      }
    }
  }

  /** The pumps cavitate in turn, until somebody slows them down. */
  private List<FaultPlan.Fault> faults() {
    int pumps = PlantLayout.of(seed, devices, FaultPlan.none()).pumps().size();
    List<FaultPlan.Fault> faults = new ArrayList<>();
    for (int i = 0; i < pumps; i++) {
      faults.add(
          new FaultPlan.Fault(
              i + 1,
              firstFault.plus(cavitateEvery.multipliedBy(i).dividedBy(pumps)),
              cavitateEvery,
              Optional.of(cavitateEvery),
              Optional.of(CURED_AFTER)));
    }
    return faults;
  }

  /**
   * The model's samples: as often as each sensor says something, and not more than once a second.
   */
  private Duration period(PlantLayout layout) {
    double seconds = Math.clamp(Math.ceil(layout.sensors().size() / rate), 1, 60);
    return Duration.ofSeconds((long) seconds);
  }

  private DemoRun.Parts parts(DemoSystem.Addresses addresses, PlantLayout layout, FaultPlan plan) {
    return new DemoRun.Parts(
        addresses,
        layout,
        plan,
        new Plant.Settings(
            addresses.broker(),
            Optional.empty(),
            rate,
            addresses.modbus(),
            Optional.of(badInputEvery)),
        Optional.ofNullable(runFor),
        Optional.ofNullable(withoutCloud),
        firstFault);
  }

  /** Ctrl-C reaches the children too; this process must not go before they are gone. */
  private void stopAndWait() {
    stop.countDown();
    try {
      var _ = stopped.await(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
