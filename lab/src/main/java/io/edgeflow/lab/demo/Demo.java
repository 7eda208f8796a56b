package io.edgeflow.lab.demo;

import io.edgeflow.lab.account.Accounts;
import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.account.LedgerTable;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Plant;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.PlantSlave;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
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
    description = "Everything here, with a simulated plant; prints the dashboard's address.")
public final class Demo implements Callable<Integer> {
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);
  private static final int MOST_STARTS = 3;

  /** Two children, each of which may take ten seconds. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

  private static final Duration SUMMARY_EVERY = Duration.ofSeconds(5);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "Stop by itself after that time, wait until everything is delivered, print the ledger of"
              + " both ends, and exit 0 only if it balances.")
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
      defaultValue = "2m",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Each pump cavitates once in that time (default: ${DEFAULT-VALUE}).")
  private Duration cavitateEvery;

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
    if (devices < 1 || !(rate > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--devices must be 1 or more and --rate above 0");
    }
  }

  private int run(Path home, DemoFolder folder, Documents documents)
      throws IOException, InterruptedException {
    PlantLayout layout = PlantLayout.of(seed, devices, cavitateEvery);
    say("starting a cloud, a gateway and a plant; their files and logs are in " + folder);
    try (PlantSlave slave = Plant.slaves(layout, new Ports().near(5020))) {
      for (int attempt = 1; ; attempt++) {
        var addresses = DemoSystem.Addresses.free(slave.port());
        try (DemoSystem system = DemoSystem.start(home, folder, addresses, layout, window)) {
          system.awaitReady(new Readiness(documents, this::stopping, line -> say("  " + line)));
          return stopping() ? 0 : show(system, addresses, layout, slave, documents);
        } catch (Readiness.EndedEarly ended) {
          if (attempt == MOST_STARTS || stopping()) {
            throw ended;
          }
          say("  that did not work; once more with other ports:\n" + ended.getMessage());
        }
      }
    }
  }

  private int show(
      DemoSystem system,
      DemoSystem.Addresses addresses,
      PlantLayout layout,
      PlantSlave slave,
      Documents documents)
      throws IOException, InterruptedException {
    tellAddresses(addresses);
    var accounts =
        new Accounts(
            path -> documents.read(addresses.edge().resolve(path)),
            path -> documents.read(addresses.cloud().resolve(path)),
            DemoSystem.EDGE);
    try (Plant plant = Plant.speak(layout, plantSettings(addresses), slave)) {
      watch(system, accounts);
      if (stopping()) {
        return 0;
      }
      say("stopping the plant and waiting until everything is delivered");
      drain(plant);
    }
    return settle(system, accounts);
  }

  private Plant.Settings plantSettings(DemoSystem.Addresses addresses) {
    return new Plant.Settings(
        addresses.broker(), Optional.empty(), rate, addresses.modbus(), Optional.of(badInputEvery));
  }

  private void tellAddresses(DemoSystem.Addresses addresses) {
    say("");
    say("  dashboard             " + addresses.cloud() + "/");
    say("  commissioning page    " + addresses.edge() + "/");
    say(
        "  sensors may publish   mosquitto_pub -p "
            + addresses.sensors()
            + " -q 1 -t sensors/mine/x -m 1");
    say(runFor == null ? "  Ctrl-C ends it" : "  ends by itself in " + runFor.toSeconds() + " s");
    say("");
  }

  /** Until the time is over or Ctrl-C. */
  private void watch(DemoSystem system, Accounts accounts)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + (runFor == null ? Long.MAX_VALUE / 2 : runFor.toNanos());
    while (System.nanoTime() < end) {
      long pause = Math.clamp(end - System.nanoTime(), 1, SUMMARY_EVERY.toNanos());
      if (stop.await(pause, TimeUnit.NANOSECONDS)) {
        return;
      }
      system.checkAlive();
      summarise(accounts);
    }
  }

  private void summarise(Accounts accounts) throws IOException, InterruptedException {
    EdgeAccount edge = accounts.edge();
    CloudAccount cloud = accounts.cloud(false);
    OptionalDouble age = accounts.newestAgeSeconds();
    var stored = cloud.committed(Lane.WINDOW);
    long backlog = edge.lanes().values().stream().mapToLong(l -> l.buffered().frames()).sum();
    say(
        "accepted %d readings, rejected %d; stored %d, the newest %s; backlog %d frames"
            .formatted(
                edge.accepted(),
                edge.rejected(),
                stored.readings(),
                age.isEmpty() ? "-" : "%.0f s old".formatted(age.getAsDouble()),
                backlog));
  }

  private void drain(Plant plant) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    boolean drained = false;
    while (!drained && !stopping() && System.nanoTime() < deadline) {
      drained = plant.drain(Duration.ofSeconds(1));
    }
  }

  private int settle(DemoSystem system, Accounts accounts)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    for (int second = 1; !accounts.edge().delivered() && System.nanoTime() < deadline; second++) {
      if (stop.await(1, TimeUnit.SECONDS)) {
        return 1;
      }
      system.checkAlive();
      if (second % SUMMARY_EVERY.toSeconds() == 0) {
        summarise(accounts);
      }
    }
    EdgeAccount edge = accounts.edge();
    CloudAccount cloud = accounts.cloud(true);
    Balance balance = Balance.of(edge, cloud);
    System.out.print(LedgerTable.of(edge, cloud, balance));
    return balance.holds() ? 0 : 1;
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
