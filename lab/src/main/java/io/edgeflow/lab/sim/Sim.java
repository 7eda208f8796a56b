package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.UnitSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow sim}. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    subcommands = {FleetSim.class, ModbusSim.class},
    description = {
      "A plant: sensors that publish over MQTT, and Modbus slaves. Two of four devices are pumps;"
          + " each cavitates now and then by chance, or when you say so:",
      "  edgeflow sim --fault cavitation --pump 1 --at 30s --lasting 20s",
      "  edgeflow sim --fault cavitation --at 10s --every 2m \\",
      "    --fault cavitation --pump 2 --at 40s",
      "",
      "A pump that cavitates loses flow and pressure, shakes, and draws an uneven current. The"
          + " controller of the pumps is a Modbus slave of its own, unit 3: coil N slows pump N"
          + " down, register N tells its speed, and a slow pump does not cavitate. --layout prints"
          + " what a gateway has to know to poll all slaves.",
      "  edgeflow sim --layout >> gateway.yaml",
      ""
    })
public final class Sim implements Callable<Integer> {
  private static final Duration USUALLY = Duration.ofMinutes(5);

  /** At the pumps, from one word about the readings to the next. */
  private static final int LOOKS = 10;

  @Option(
      names = "--mqtt",
      paramLabel = "URL",
      defaultValue = "tcp://127.0.0.1:1883",
      converter = BrokerAddress.class,
      description = "The gateway's broker (default: ${DEFAULT-VALUE}).")
  private URI mqtt;

  @Option(names = "--user", description = "The broker's user.")
  private @Nullable String user;

  @Option(
      names = "--password",
      interactive = true,
      arity = "0..1",
      description = "That user's password; asked for if it is left out.")
  private @Nullable String password;

  @Option(
      names = "--devices",
      defaultValue = "4",
      description = "Devices over MQTT (default: ${DEFAULT-VALUE}).")
  private int devices;

  @Option(
      names = "--rate",
      defaultValue = "20",
      description = "Publishes a second, all together (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--modbus-port",
      defaultValue = "5020",
      description = "Where the slaves answer; 0 picks a port (default: ${DEFAULT-VALUE}).")
  private int modbusPort;

  @Option(
      names = "--unit",
      paramLabel = "IDS:TRAITS",
      converter = UnitSpecs.class,
      description =
          "What is the matter with a slave: 2:slow=300ms, 1:dead; 'sim modbus --help' lists what"
              + " can be.")
  private List<UnitSpec> traits = new ArrayList<>();

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Equal seeds make equal plants (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--cavitate-every",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Each pump cavitates once in that time, by chance (default: 5m).")
  private @Nullable Duration cavitateEvery;

  @ArgGroup(
      exclusive = false,
      multiplicity = "0..*",
      heading = "%nA fault, of which there may be several; none comes by chance then:%n")
  private List<FaultOptions> faults = new ArrayList<>();

  @Option(
      names = "--bad-input-every",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Send something that no gateway should want, that often.")
  private @Nullable Duration badInputEvery;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Stop by itself after that time.")
  private @Nullable Duration runFor;

  @Option(
      names = "--layout",
      description = "Print the part of a gateway's configuration that polls these slaves, and end.")
  private boolean layoutOnly;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    refuseNonsense();
    FaultPlan plan =
        faults.isEmpty()
            ? FaultPlan.byChance(cavitateEvery == null ? USUALLY : cavitateEvery)
            : FaultPlan.of(faults.stream().map(FaultOptions::fault).toList());
    PlantLayout layout = PlantLayout.of(seed, devices, plan);
    refuseStrangers(layout);
    if (layoutOnly) {
      System.out.print(layout.gatewayYaml("127.0.0.1", modbusPort, Duration.ofSeconds(1)));
      return 0;
    }
    var settings =
        new Plant.Settings(
            mqtt, credentials(), rate, modbusPort, Optional.ofNullable(badInputEvery));
    try (Plant plant = Plant.start(layout, settings)) {
      System.out.printf(
          "%d series to %s, Modbus slaves on 127.0.0.1:%d, seed %d; Ctrl-C ends it%n",
          layout.sensors().size(), mqtt, plant.modbusPort(), seed);
      traits.forEach(plant::become);
      plan.begin(Plant.wallClockMicros());
      run(plant, new PumpWatch(layout.pumps()));
    }
    return 0;
  }

  private void refuseNonsense() {
    if (devices < 1 || !(rate > 0)) {
      throw wrong("--devices must be 1 or more, --rate above 0");
    }
    if (cavitateEvery != null && cavitateEvery.compareTo(Duration.ofSeconds(1)) < 0) {
      throw wrong("--cavitate-every must be 1s or more");
    }
    if (cavitateEvery != null && !faults.isEmpty()) {
      throw wrong("either --cavitate-every or --fault: by chance or as planned");
    }
    if (!faults.stream().allMatch(FaultOptions::fits)) {
      throw wrong("--every must not be shorter than --lasting");
    }
  }

  private void refuseStrangers(PlantLayout layout) {
    List<Integer> pumps = layout.pumps().stream().map(DrivenPump::address).toList();
    for (FaultOptions fault : faults) {
      if (!pumps.contains(fault.pump())) {
        throw wrong("--pump " + fault.pump() + ": with " + devices + " devices there are " + pumps);
      }
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private Optional<Credentials> credentials() {
    return user == null
        ? Optional.empty()
        : Optional.of(new Credentials(user, password == null ? "" : password));
  }

  private void run(Plant plant, PumpWatch watch) throws InterruptedException {
    var stop = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
    long end = System.nanoTime() + (runFor == null ? Long.MAX_VALUE / 2 : runFor.toNanos());
    for (int look = 1; System.nanoTime() < end; look++) {
      if (stop.await(pause(end), TimeUnit.NANOSECONDS)) {
        return;
      }
      watch.look(Plant.wallClockMicros()).forEach(System.out::println);
      if (look % LOOKS == 0) {
        System.out.printf(
            "acknowledged %d readings, waiting for %d, sent again %d%n",
            plant.acknowledged(), plant.open(), plant.repetitions());
      }
    }
  }

  private static long pause(long end) {
    return Math.clamp(end - System.nanoTime(), 1, TimeUnit.SECONDS.toNanos(5) / LOOKS);
  }
}
