package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    header = "The cloud's database is put back to an older state.",
    description = {
      "The stopped database is copied, and the copy put back later; then the server dies and one"
          + " that lacks the last seconds takes its place under the running cloud; at last the"
          + " database goes back beyond what the edge still holds.",
      "",
      "Proves that each hello finds what a restored database lacks and the edge sends it again (L3,"
          + " J10), that a connection which outlives a fail-over finds it too (L12), and that what"
          + " no longer exists is named, to the reading (L3, L9)."
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--phase",
      defaultValue = "8s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How much is taken back, each time (default: ${DEFAULT-VALUE}).")
  private Duration phase = Duration.ofSeconds(8);

  @Override
  public Integer call() throws Exception {
    return options.play(new RestoreDrill(phase, true));
  }
}
