package io.edgeflow.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      "Readings of many series come as fast as they are acknowledged, until frames of that many"
          + " bytes wait. Then the gateway is killed and started, again and again. Prints what"
          + " memory it took at the most, and how long it takes until it is ready."
    })
public final class StartBench implements Callable<Integer> {
  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "5000",
      description = "series, a multiple of 20 (default: ${DEFAULT-VALUE})")
  private int series;

  @Option(
      names = "--backlog",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = "of frames that wait for the cloud, in MiB (default: ${DEFAULT-VALUE})")
  private int backlogMib;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "starts after a kill (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "a setting of the gateway, e.g. buffer.maxBytes=1536MiB")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "a folder on the disk to write to (default: the project's target folder)")
  private @Nullable Path directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(
        series >= DrainLoad.POINTS && series <= 20_000 && series % DrainLoad.POINTS == 0,
        "--series is not a multiple of 20 up to 20000");
    check(backlogMib >= 1 && backlogMib <= 100_000, "--backlog is not 1 to 100000");
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100");
    Path home = Files.createTempDirectory(folder(), "bench-start-");
    PrintWriter out = spec.commandLine().getOut();
    try (StartRun run = new StartRun(home, series, (long) backlogMib << 20, settings)) {
      out.println(run.fill());
      out.flush();
      for (int round = 0; round < rounds; round++) {
        out.println(run.startAgain());
        out.flush();
      }
    } catch (IOException | IllegalStateException e) {
      throw new IOException(e.getMessage() + "; what the process said is in " + home, e);
    }
    DrainBench.delete(home);
    return CommandLine.ExitCode.OK;
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
}
