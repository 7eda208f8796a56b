package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill half-open}. */
@Command(
    name = "half-open",
    mixinStandardHelpOptions = true,
    header = "The peer is gone without a word.",
    description = {
      "The link goes silent and nothing is closed, for longer than the keep-alive of the"
          + " connection: in both directions, then only towards the edge (frames arrive, verdicts"
          + " do not), then only towards the cloud. The silent connections never speak again.",
      "",
      "Proves that an edge gives up a connection on which no verdict comes, by a clock that never"
          + " jumps (T3, L4), that what arrived unanswered is known after the next hello (L3), and"
          + " that two connections of one edge do no harm (L2, L8)."
    })
final class HalfOpenCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--silence",
      defaultValue = "25s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long it is silent, each of three times (default: ${DEFAULT-VALUE}).")
  private Duration silence = Duration.ofSeconds(25);

  @Override
  public Integer call() throws Exception {
    return options.play(new HalfOpenDrill(silence, false));
  }
}
