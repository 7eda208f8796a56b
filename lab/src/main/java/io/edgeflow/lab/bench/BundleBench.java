package io.edgeflow.lab.bench;

import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Sizes;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.settings.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A model comes over a thin line that drops, beside live windows. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    header = "A large model comes over a thin line that drops, beside live windows.",
    description = {
      "Gateway, cloud and database run as real processes. Telemetry and downloads share a line of"
          + " so many bytes a second; all of its connections are cut again and again. First without"
          + " a download, then with one: prints how long live windows take from their numbering to"
          + " the database in both, and how many bytes crossed the line for those of the bundle."
    })
public final class BundleBench implements Callable<Integer> {
  private static final int MEBIBYTE = 1 << 20;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "50MiB",
      converter = Sizes.class,
      description = "Of the bundle, whole mebibytes (default: ${DEFAULT-VALUE}).")
  private ByteSize size = new ByteSize(0);

  @Option(
      names = "--line",
      paramLabel = "SIZE",
      defaultValue = "1MiB",
      converter = Sizes.class,
      description = "What passes in a second in each direction (default: ${DEFAULT-VALUE}).")
  private ByteSize line = new ByteSize(0);

  @Option(
      names = "--drop",
      paramLabel = "DURATION",
      defaultValue = "5s",
      converter = Durations.class,
      description = "How often every connection is cut (default: ${DEFAULT-VALUE}).")
  private Duration drop = Duration.ZERO;

  @Option(
      names = "--alone",
      paramLabel = "DURATION",
      defaultValue = "40s",
      converter = Durations.class,
      description = "How long live windows are watched without it (default: ${DEFAULT-VALUE}).")
  private Duration alone = Duration.ZERO;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "200",
      description = "That speak once a second, a multiple of 20 (default: ${DEFAULT-VALUE}).")
  private int series;

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
    check(size.bytes() >= MEBIBYTE && size.bytes() <= 500L * MEBIBYTE, "--size is not 1 to 500MiB");
    check(line.bytes() >= 10_000, "--line is below 10KiB");
    Path home = folder.create("bench-bundle-");
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    var shape =
        new BundleRun.Shape((int) (size.bytes() / MEBIBYTE), line.bytes(), drop, alone, series);
    try {
      BundleResult result = new BundleRun(shape, home, text -> say(err, text)).run();
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
