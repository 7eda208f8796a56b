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
    header = "A benchmark; prints ratios.",
    description = {
      "Measures on this machine and its disk, and beside it the bare thing: a broker without a"
          + " journal, a write and force, a COPY. A ratio tells more than a rate.",
      "",
      "ingest, drain, bundle, start, store, query, fleet and react start what they measure as"
          + " processes of their own, on loopback: gateways, clouds, a PostgreSQL, Mosquitto where"
          + " it is installed. The others run in the benchmark's own process.",
      "  edgeflow bench journal --dir /mnt/card --seconds 10",
    },
    subcommands = {
      IngestBench.class,
      WindowsBench.class,
      JournalBench.class,
      BacklogBench.class,
      DrainBench.class,
      BundleBench.class,
      ModbusBench.class,
      StartBench.class,
      StoreBench.class,
      QueryBench.class,
      FleetBench.class,
      WireBench.class,
      ScoreBench.class,
      ProvidersBench.class,
      ReactBench.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which benchmark? See bench --help");
  }
}
