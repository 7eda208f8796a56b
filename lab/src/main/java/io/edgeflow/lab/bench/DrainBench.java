package io.edgeflow.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      description = "series, a multiple of 20 (default: ${DEFAULT-VALUE})")
  private int series;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "1440",
      description = "of outage, a window of each series in each (default: ${DEFAULT-VALUE})")
  private int minutes;

  @Option(
      names = "--readings",
      paramLabel = "R",
      defaultValue = "2",
      description = "readings in each window (default: ${DEFAULT-VALUE})")
  private int readings;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "outages, each of other minutes (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--throttle",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "what the link takes in a second; 0 is no limit (default: ${DEFAULT-VALUE})")
  private long throttle;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "a setting of the gateway, e.g. uplink.backlogOrder=newest")
  private List<String> settings = List.of();

  @Option(names = "--no-bare", description = "leave out the bare COPY")
  private boolean noBare;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "a folder on the disk to write to (default: the project's target folder)")
  private @Nullable Path directory;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(
        series >= DrainLoad.POINTS && series <= 20_000 && series % DrainLoad.POINTS == 0,
        "--series is not a multiple of 20 up to 20000");
    check(minutes >= 1 && minutes <= 100_000, "--minutes is not 1 to 100000");
    check(readings >= 1 && readings <= 60, "--readings is not 1 to 60");
    check(throttle >= 0, "--throttle is below 0");
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100");
    Path home = Files.createTempDirectory(folder(), "bench-drain-");
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (DrainHouse house = DrainHouse.start(home, settings)) {
      house.link().throttle(throttle);
      DrainShape shape = new DrainShape(series, minutes, readings, rounds, !noBare);
      DrainResult result = new DrainRun(house, shape, home, line -> say(err, line)).run();
      out.println(json ? result.json() : result.text());
      out.flush();
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; what the processes said is in " + home, e);
    }
    delete(home);
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

  private Path folder() throws IOException {
    Path folder =
        directory != null
            ? directory
            : Path.of(System.getProperty("edgeflow.home", ".")).resolve("target");
    return Files.createDirectories(folder.toAbsolutePath());
  }

  static void delete(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }
}
