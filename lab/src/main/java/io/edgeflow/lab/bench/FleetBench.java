package io.edgeflow.lab.bench;

import io.edgeflow.lab.load.LoadFleet;
import io.edgeflow.lab.load.LoadShape;
import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Thousands of edges at one cloud, steady and after an outage of all of them. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    header = "Thousands of edges at one cloud: lag when nothing happens, and after all return.",
    description = {
      "A cloud with its embedded database is started as a process of its own. A fleet of simulated"
          + " edges in this process, with the gateway's own uplink, connects to it at one instant"
          + " and sends a minute of windows a minute. Then all are cut off, live through an hour in"
          + " an instant, and may come back: each tries when its back-off says so.",
      "Prints how long windows take from their numbering until their edge hears that they are"
          + " committed, how long the backlog takes, and whether the books of the edges, the"
          + " cloud's ledger and the sums of its tables agree in the end.",
      "  edgeflow bench fleet --edges 500 --minutes 2"
    })
public final class FleetBench implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = "--edges",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Edges (default: ${DEFAULT-VALUE}).")
  private int edges;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "20",
      description = "Series of each (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "5",
      description = "Minutes in which nothing happens (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--outage",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = Durations.class,
      description = "Then all are away for so long (default: ${DEFAULT-VALUE}).")
  private Duration outage = Duration.ofHours(1);

  @Option(names = "--no-outage", description = "Leave the outage out.")
  private boolean noOutage;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = Durations.class,
      description = "After all are connected, before anything counts (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofMinutes(1);

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Minutes of the plants in a minute (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--together",
      description =
          "All edges close their minute at the same second; else they are spread over it.")
  private boolean together;

  @Option(
      names = "--reconnect-cap",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = Durations.class,
      description =
          "The longest that an edge waits before it tries to connect again (default:"
              + " ${DEFAULT-VALUE}, as a gateway).")
  private Duration reconnectCap = LoadShape.RECONNECT_CAP;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Equal seeds make equal plants (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "A setting of the cloud, e.g. database.url=jdbc:postgresql://HOST/DB.")
  private List<String> settings = List.of();

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(edges >= 1 && edges <= 20_000, "--edges is not 1 to 20000");
    check(series >= 1 && series <= 5_000, "--series is not 1 to 5000");
    check(minutes >= 1 && minutes <= 100_000, "--minutes is not 1 to 100000");
    check(speed > 0 && speed <= 1_000, "--speed is not above 0 and up to 1000");
    Path home = folder.create("bench-fleet-");
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    FleetResult result;
    try (FleetCloud cloud = FleetCloud.start(home, edges, settings)) {
      FleetPlan plan = plan(cloud);
      try (LoadFleet fleet = LoadFleet.of(plan.shape(), plan.startMicros())) {
        result = new FleetRun(cloud, fleet, plan, line -> say(err, line)).run();
      }
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; what the cloud said is in " + home, e);
    }
    out.println(json ? result.json() : result.text());
    out.flush();
    Folders.delete(home);
    return result.faults().isEmpty() ? CommandLine.ExitCode.OK : FAILED;
  }

  private FleetPlan plan(FleetCloud cloud) {
    LoadShape shape =
        LoadShape.of(cloud.broker(), edges, seed)
            .withSeries(series)
            .paced(speed, together)
            .withReconnectCap(reconnectCap);
    return new FleetPlan(
        shape, warmUp, Duration.ofMinutes(minutes), noOutage ? Duration.ZERO : outage);
  }

  private static void say(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }
}
