package io.edgeflow.lab.bench;

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

/** How soon a gateway acts on a reading that a model finds unusual. */
@Command(
    name = "react",
    mixinStandardHelpOptions = true,
    header = "From a publish to an action through a model, inside and seen from outside.",
    description = {
      "A gateway in a process of its own takes 1 000 readings a second, scores each with a"
          + " univariate",
      "model, and publishes a message where a score begins or ceases to be unusual, 100 times a",
      "second. Inside: from the moment when the broker's hook has the message to the call of the",
      "action's output, and each part of that way. Outside: from a client's publish to the message",
      "of the action on another connection; beside it a plain publish to a plain subscriber of the",
      "same broker at the same time, and the ratio. Once with QoS 1 and once with QoS 0."
    })
public final class ReactBench implements Callable<Integer> {
  /** The readings paused between the two, so the model's windows must fill anew: 64 readings. */
  private static final int MORE_WARM_UP_MILLIS = 2_000;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "Measured seconds for each QoS (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "5",
      description = "Seconds before the first of them (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A further setting of the gateway: journal.commitInterval=500ms.")
  private List<String> settings = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private BenchFolder folder = new BenchFolder();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || seconds > 600) {
      throw new ParameterException(spec.commandLine(), "--seconds is not 1 to 600");
    }
    if (warmUp < 2 || warmUp > 600) {
      throw new ParameterException(spec.commandLine(), "--warm-up is not 2 to 600");
    }
    Path home = folder.create("bench-react-");
    ReactReport report;
    try (ReactHouse house = ReactHouse.start(home, settings)) {
      report = measure(house);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; what the gateway said is in " + home, e);
    }
    Folders.delete(home);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : report.text());
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private ReactReport measure(ReactHouse house) throws IOException, InterruptedException {
    List<ReactLoad.Outside> seen = new ArrayList<>();
    seen.add(ReactLoad.run(house.port(), 1, warmUp * 1_000, seconds * 1_000));
    seen.add(ReactLoad.run(house.port(), 0, MORE_WARM_UP_MILLIS, seconds * 1_000));
    List<ReactPassage> passages = house.stop();
    var report = new ReactReport();
    report.add(1, passages, seen.get(0));
    report.add(0, passages, seen.get(1));
    return report;
  }
}
