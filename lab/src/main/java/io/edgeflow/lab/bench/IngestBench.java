package io.edgeflow.lab.bench;

import io.edgeflow.lab.bench.IngestSides.Side;
import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * What it costs that an acknowledgement means "synced": publishes through the whole gateway against
 * the same broker with nothing attached, and against Mosquitto where it is installed. All sides run
 * at once and are measured in turns, so that whatever disturbs the machine disturbs them alike.
 */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    header = "Acknowledged and synced publishes per second, against the bare broker and Mosquitto.",
    description = {
      "Acknowledged QoS 1 publishes per second, of readings with a time stamp: through the whole",
      "gateway (acknowledged and synced), through its broker with nothing attached, and through",
      "Mosquitto without persistence where it is installed; and the ratios."
    })
public final class IngestBench implements Callable<Integer> {
  private static final double WARM_UP_SECONDS = 1;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "4",
      description = "Publishers at once (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--windows",
      paramLabel = "W",
      split = ",",
      defaultValue = "10,100,1000",
      description = "Unacknowledged publishes per publisher (default: ${DEFAULT-VALUE}).")
  private int[] windows = {};

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Seconds that each side, window and round takes (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "3",
      description = "Rounds, of which the median counts (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    check(clients >= 1 && clients <= 1_000, "--clients is not 1 to 1000");
    check(seconds >= 0.1 && seconds <= 3_600, "--seconds is not 0.1 to 3600");
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100");
    for (int window : windows) {
      check(window >= 1 && window <= 10_000, "--windows are not 1 to 10000");
    }
    Path home = folder.create("bench-ingest-");
    PrintWriter out = spec.commandLine().getOut();
    try (IngestSides sides = IngestSides.start(home)) {
      var report = new IngestReport(clients, rounds, seconds);
      for (int window : windows) {
        report.add(measure(sides.sides(), window));
      }
      checkAccount(report.acknowledgedByGateway(), sides.receivedByGateway());
      out.println(json ? report.json() : report.text());
      out.flush();
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; what the processes said is in " + home, e);
    }
    Folders.delete(home);
    return CommandLine.ExitCode.OK;
  }

  /** A rate of acknowledgements for what never reached the recorder would be a lie. */
  private static void checkAccount(long acknowledged, long received) throws IOException {
    if (received < acknowledged) {
      throw new IOException(
          "the gateway acknowledged " + acknowledged + " readings and has account of " + received);
    }
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }

  private IngestReport.Row measure(List<Side> sides, int window) throws IOException {
    var rates = new ArrayList<List<PublishLoad.Result>>();
    sides.forEach(side -> rates.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        rates.get(i).add(measure(sides.get(i), window));
      }
    }
    return new IngestReport.Row(window, sides.stream().map(Side::name).toList(), rates);
  }

  private PublishLoad.Result measure(Side side, int window) throws IOException {
    try {
      return PublishLoad.measure(
          side.port(), clients, window, (long) (WARM_UP_SECONDS * 1e9), (long) (seconds * 1e9));
    } catch (IOException e) {
      throw new IOException(side.name() + " at window " + window + ": " + e.getMessage(), e);
    }
  }
}
