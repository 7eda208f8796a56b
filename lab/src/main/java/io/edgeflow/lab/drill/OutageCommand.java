package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Sizes;
import io.edgeflow.process.settings.ByteSize;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill outage}. */
@Command(
    name = "outage",
    mixinStandardHelpOptions = true,
    header = "The link is down for a scaled day, then the backlog is drained with live traffic on.",
    description = {
      "A plant lives through a day of 1440 windows in a minute while the link is down (a window is"
          + " one second long instead of a minute). Then the link returns while sensors go on, and"
          + " the backlog is drained. Prints disk use over time, how long the drain took, how long"
          + " live frames took meanwhile, and in which resolution the day arrived.",
      "",
      "Proves that a backlog survives and drains (J8, J10, L4). With --budget the buffer overflows:"
          + " then windows that were never offered lose resolution before any is dropped (J7, L7),"
          + " and what was dropped is named (L9)."
    })
final class OutageCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--for",
      defaultValue = "60s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long the link is down (default: ${DEFAULT-VALUE}).")
  private Duration length = Duration.ofSeconds(60);

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "400",
      description = "Series of the plant (default: ${DEFAULT-VALUE}).")
  private int series = 400;

  @Option(
      names = "--budget",
      paramLabel = "SIZE",
      description =
          "Let the buffer have only that much room, 1MiB or more; with 400 series 8MiB overflows.",
      converter = Sizes.class)
  private @Nullable ByteSize budget;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (series < 1 || series > 20_000 || length.compareTo(Duration.ofSeconds(2)) < 0) {
      throw new ParameterException(
          spec.commandLine(), "--series must be 1 to 20000, --for 2s or more");
    }
    return options.play(new OutageDrill(length, series, budget == null ? 0 : budget.bytes()));
  }
}
