package io.edgeflow.lab.bench;

import io.edgeflow.lab.sim.Sizes;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.settings.ByteSize;
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

/** A gateway as a real process with the launcher's options: filled at full speed, and started. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    header = "Filling a gateway at full speed without its cloud, and starting it with the backlog.",
    description = {
      "Readings of many series come as fast as they are acknowledged, until frames of that size"
          + " wait. Then the gateway is killed and started, again and again. Prints what"
          + " memory it took at the most, and how long it takes until it is ready."
    })
public final class StartBench implements Callable<Integer> {
  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Series, a multiple of 20 (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--backlog",
      paramLabel = "SIZE",
      defaultValue = "1GiB",
      converter = Sizes.class,
      description = "Frames that wait for the cloud, 1MiB or more (default: ${DEFAULT-VALUE}).")
  private ByteSize backlog = new ByteSize(0);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Starts after a kill (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "A setting of the gateway, e.g. buffer.maxBytes=1536MiB.")
  private List<String> settings = new ArrayList<>();

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Mixin private BenchFolder folder = new BenchFolder();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(
        series >= DrainLoad.POINTS && series <= 20_000 && series % DrainLoad.POINTS == 0,
        "--series is not a multiple of 20 up to 20000");
    check(
        backlog.bytes() >= 1 << 20 && backlog.bytes() <= 100L << 30,
        "--backlog is not 1MiB to 100GiB");
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100");
    Path home = folder.create("bench-start-");
    PrintWriter out = spec.commandLine().getOut();
    try (StartRun run = new StartRun(home, series, backlog.bytes(), settings)) {
      out.println(run.fill());
      out.flush();
      for (int round = 0; round < rounds; round++) {
        out.println(run.startAgain());
        out.flush();
      }
    } catch (IOException | IllegalStateException e) {
      throw new IOException(e.getMessage() + "; what the process said is in " + home, e);
    }
    Folders.delete(home);
    return CommandLine.ExitCode.OK;
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }
}
