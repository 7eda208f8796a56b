package io.edgeflow.lab.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks, by name. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "BENCHMARK",
    commandListHeading = "%nBenchmarks:%n",
    mixinStandardHelpOptions = true,
    description = "A benchmark; prints ratios.",
    subcommands = {
      IngestBench.class,
      WindowsBench.class,
      JournalBench.class,
      BacklogBench.class,
      DrainBench.class,
      StartBench.class,
      StoreBench.class,
      WireBench.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which benchmark? See bench --help");
  }
}
