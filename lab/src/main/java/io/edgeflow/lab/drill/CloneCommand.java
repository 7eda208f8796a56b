package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.Durations;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill clone}. */
@Command(
    name = "clone",
    mixinStandardHelpOptions = true,
    header = "Copies of a gateway's data directory are started beside the original.",
    description = {
      "The directory is copied while the gateway is stopped, after it was killed, and while it"
          + " runs; each time a second gateway of the same name starts on the copy, and both take"
          + " readings and report to one cloud.",
      "",
      "Proves that copies of a stopped or killed directory repeat equal frames and then go on under"
          + " names of their own: nothing is lost or doubled, and nothing conflicts (J4). What"
          + " differs after a copy of a running one is counted as conflict, never silent (J4, L2)."
    })
final class CloneCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--phase",
      defaultValue = "6s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long before and after each copy (default: ${DEFAULT-VALUE}).")
  private Duration phase = Duration.ofSeconds(6);

  @Override
  public Integer call() throws Exception {
    return options.play(new CloneDrill(phase, EnumSet.allOf(CloneDrill.State.class)));
  }
}
