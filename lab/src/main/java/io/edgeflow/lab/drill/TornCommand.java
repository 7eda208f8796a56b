package io.edgeflow.lab.drill;

import io.edgeflow.lab.torn.Torn;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill torn}. */
@Command(
    name = "torn",
    mixinStandardHelpOptions = true,
    header = "Every file of a data directory is cut off, and its bits are flipped.",
    description = {
      "Makes a small data directory: several lives of an edge's core, with segments and a"
          + " checkpoint, verdicts of the cloud, a sealed file with frames that wait, and windows"
          + " that a kill left open. Then damages one place after the other, each in a copy of its"
          + " own: the file ends there, or one bit is flipped. Starts an edge on every copy, in"
          + " this process and in memory, lets it deliver everything, and counts.",
      "",
      "Proves J2 and J8: it always starts; what the damage did not touch is delivered; nothing is"
          + " counted twice; what is gone is named, in bytes, records, frames and readings, and no"
          + " more is gone than that."
    })
final class TornCommand implements Callable<Integer> {
  private static final int WOUNDS = 2_400;
  private static final int BUFFERED = 700;

  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--every",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = {
        "Damages one place in so many bytes; 1 for every byte, which takes hours (default: as"
            + " many as take about two minutes). The file with the edge's name is damaged at every"
            + " byte."
      })
  private int every;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (every < 0) {
      throw new ParameterException(spec.commandLine(), "--every must be 1 or more");
    }
    Torn.Extent extent = new Torn.Extent(every, WOUNDS, BUFFERED, options.settings());
    return options.play(
        "torn", (home, seed, progress) -> TornDrill.play(extent, home, seed, progress));
  }
}
