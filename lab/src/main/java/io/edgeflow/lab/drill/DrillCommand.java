package io.edgeflow.lab.drill;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill NAME}: the drills, by name. */
@Command(
    name = "drill",
    synopsisSubcommandLabel = "DRILL",
    commandListHeading = "%nDrills:%n",
    mixinStandardHelpOptions = true,
    header = "A fault drill; prints the ledger and exits 0 only if it balances.",
    description = {
      "Starts a gateway and a cloud with its database as processes of their own, on loopback and in"
          + " a folder of its own, lets sensors publish, and attacks. In the end it lets everything"
          + " come to rest and compares, series by series, what sensors were told is safe with what"
          + " the database's tables hold.",
      "",
      "Three of them start no gateway: power and faults run the core of an edge in the drill's own"
          + " process, on a disk in memory, against a cloud with its database that is a process;"
          + " torn runs edges in its own process, and a shelf in memory takes their frames.",
      "",
      "Exits 0 only if nothing that was acknowledged is missing, nothing is counted twice, and the"
          + " ledgers of both ends balance. --seed repeats the choices of a run; the moments at"
          + " which processes do things remain their own."
    },
    subcommands = {
      KillCommand.class,
      OutageCommand.class,
      FlapCommand.class,
      HalfOpenCommand.class,
      SlowCloudCommand.class,
      LostAckCommand.class,
      DuplicateAckCommand.class,
      CloneCommand.class,
      RestoreCommand.class,
      PowerCommand.class,
      FaultsCommand.class,
      ClockCommand.class,
      TornCommand.class,
      DiskFullCommand.class,
      ModelsCommand.class,
      RolloutCommand.class,
      AgentCommand.class,
      SiteCommand.class
    })
public final class DrillCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which drill? See drill --help");
  }
}
