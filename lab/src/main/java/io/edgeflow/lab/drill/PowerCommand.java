package io.edgeflow.lab.drill;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill power}. */
@Command(
    name = "power",
    mixinStandardHelpOptions = true,
    header = "The power goes, and the disk forgets at random what was not synced.",
    description = {
      "The core of an edge (recorder, journal, backlog, space policy, outbox, uplink) runs in this"
          + " process on a disk in memory, against a real cloud with its database. The power goes"
          + " at a random operation of the disk, often in the middle of the recovery. Then sectors"
          + " that were not synced and directory entries whose directory was not are there or not,"
          + " at random. Some lives have a disk whose writes and syncs fail now and then; some end"
          + " as by kill -9, some in order. Segments and room are small: rolling, sealing and"
          + " coarsening never stop. Messages go to the recorder without a broker, and again with"
          + " their own stamps until they are acknowledged.",
      "",
      "Proves J1 to J5 and J8: what was acknowledged is there after any power cut, once."
    })
final class PowerCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "50",
      description = "How often it ends (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (kills < 1) {
      throw new ParameterException(spec.commandLine(), "--kills must be 1 or more");
    }
    options.refuseSettings();
    return options.play(
        "power", (home, seed, progress) -> PowerDrill.play(kills, home, seed, progress));
  }
}
