package io.edgeflow.lab.bench;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Polls many units on one line, beside a bare client that reads the same blocks. */
@Command(
    name = "modbus",
    mixinStandardHelpOptions = true,
    header = "A gateway that polls many units behind one address, against a bare client.",
    description = {
      "Units of floats behind one port are polled once a second by a gateway in a process of its",
      "own: which cycles it missed, what it takes of the processor, how long a request takes.",
      "Before it a bare client of another library (digitalpetri) reads the same blocks as often,",
      "in a process of its own, and so do plain sockets that neither check nor decode an answer",
      "and the gateway's own line. The ratios are of medians."
    })
public final class ModbusBench implements Callable<Integer> {
  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "50",
      description = "Units, 1 to 247 (default: ${DEFAULT-VALUE}).")
  private int units;

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "100",
      description = "Floats of each, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int points;

  @Option(
      names = "--dead",
      paramLabel = "N",
      defaultValue = "0",
      description = "Units of these that never answer (default: ${DEFAULT-VALUE}).")
  private int dead;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "300",
      description = "Measured seconds, behind 30 to warm up (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private BenchFolder folder = new BenchFolder();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(units >= 1 && units <= 247, "--units is not 1 to 247");
    check(points >= 1 && points <= 1_000, "--points is not 1 to 1000");
    check(dead >= 0 && dead < units, "--dead is not 0 to less than --units");
    check(seconds >= 5 && seconds <= 86_400, "--seconds is not 5 to 86400");
    Path home = folder.create("bench-modbus-");
    PrintWriter out = spec.commandLine().getOut();
    boolean held;
    try (var house = new ModbusHouse(home, new ModbusHouse.Shape(units, points, dead))) {
      ModbusHouse.Bare bare = house.bare(out);
      held = house.polled(seconds, bare, out);
    } catch (IOException | IllegalStateException e) {
      throw new IOException(e.getMessage() + "; what the processes said is in " + home, e);
    }
    Folders.delete(home);
    return held ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }
}
