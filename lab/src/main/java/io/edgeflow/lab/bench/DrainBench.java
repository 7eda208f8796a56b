package io.edgeflow.lab.bench;

import io.edgeflow.lab.sim.Sizes;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.settings.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * An outage drained with live traffic on: gateway, cloud and database as real processes with the
 * launcher's options, on one machine with the sensors.
 */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    header = "An outage of a day drained with live traffic on, against a bare COPY of its rows.",
    description = {
      "The link goes down, readings of a day are taken, and the link comes back while every series",
      "speaks once a second. Prints how long it takes until every window is in the cloud's"
          + " database,",
      "how long live windows take from their numbering to the database meanwhile, what memory the",
      "gateway takes, and what the database alone takes for the same rows, copied in one piece."
    })
public final class DrainBench implements Callable<Integer> {
  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Series, a multiple of 20 (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "1440",
      description =
          "Minutes of outage, a window of each series in each (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--readings",
      paramLabel = "R",
      defaultValue = "2",
      description = "Readings in each window (default: ${DEFAULT-VALUE}).")
  private int readings;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Outages, each of other minutes (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--throttle",
      paramLabel = "SIZE",
      defaultValue = "0",
      converter = Sizes.class,
      description = "Of the link in a second; 0 for no limit (default: ${DEFAULT-VALUE}).")
  private ByteSize throttle = new ByteSize(0);

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "A setting of the gateway, e.g. uplink.backlogOrder=newest.")
  private List<String> settings = List.of();

  @Option(names = "--no-bare", description = "Leave out the bare COPY.")
  private boolean noBare;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(
        series >= DrainLoad.POINTS && series <= 20_000 && series % DrainLoad.POINTS == 0,
        "--series is not a multiple of 20 up to 20000");
    check(minutes >= 1 && minutes <= 100_000, "--minutes is not 1 to 100000");
    check(readings >= 1 && readings <= 60, "--readings is not 1 to 60");
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100");
    Path home = folder.create("bench-drain-");
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (DrainHouse house = DrainHouse.start(home, settings)) {
      house.link().throttle(throttle.bytes());
      DrainShape shape = new DrainShape(series, minutes, readings, rounds, !noBare);
      DrainResult result = new DrainRun(house, shape, home, line -> say(err, line)).run();
      out.println(json ? result.json() : result.text());
      out.flush();
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; what the processes said is in " + home, e);
    }
    Folders.delete(home);
    return CommandLine.ExitCode.OK;
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
