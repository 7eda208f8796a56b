package io.edgeflow.lab.drill;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill faults}. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    header = "Each operation of the edge's disk fails in its turn.",
    description = {
      "The core of an edge (recorder, journal, backlog, space policy, outbox, uplink) runs in this"
          + " process on a disk in memory, against a real cloud with its database. A run starts it,"
          + " records and delivers, loses its link until sealed files lose resolution, kills it,"
          + " recovers, delivers the backlog and seals its incarnation. The first operation of the"
          + " disk is made to fail, then the second, and so on until a run is clean: a list,"
          + " create, open, read, write (half of it arrives), force, rename, delete or sync of a"
          + " directory.",
      "",
      "Three times over: that one operation fails; all fail from there on until somebody mends the"
          + " disk; the disk is full from there on, and the edge is killed and started on it. After"
          + " each run the edge starts on the healthy disk, delivers everything, and sensors, both"
          + " ledgers and the database's tables are held against each other.",
      "",
      "Proves J3, J8 and J9: a disk that fails costs nothing that was acknowledged, and the edge"
          + " takes up its work by itself. A run has some 700 operations: --every 1 --limit 10000"
          + " attacks each one, for an hour or two."
    })
final class FaultsCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--every",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Attack each Kth operation (default: as many as reach a clean run within --limit).")
  private long every;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "15",
      description = "At most so many operations each time over (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (every < 0 || limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--every must be 0 or more, and --limit 1 or more");
    }
    FaultsDrill.Pace pace = new FaultsDrill.Pace(every, limit);
    return options.play(
        "faults",
        (home, seed, progress) -> FaultsDrill.play(pace, options.settings(), home, seed, progress));
  }
}
