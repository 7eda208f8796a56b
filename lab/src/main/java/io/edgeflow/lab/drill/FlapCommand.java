package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill flap}. */
@Command(
    name = "flap",
    mixinStandardHelpOptions = true,
    header = "The link goes up and down each second.",
    description = {
      "Every connection is cut and refused for a second, then may be made for a second, again and"
          + " again, while sensors publish. Frames and verdicts are lost half-way all the time.",
      "",
      "Proves that a frame is sent until its verdict comes and committed once (L2, L4, L5), and"
          + " that each hello settles what is unclear (L3)."
    })
final class FlapCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--for",
      defaultValue = "60s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long it goes up and down (default: ${DEFAULT-VALUE}).")
  private Duration length = Duration.ofSeconds(60);

  @Option(
      names = "--half",
      defaultValue = "1s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long it is down, and then up, each time (default: ${DEFAULT-VALUE}).")
  private Duration half = Duration.ofSeconds(1);

  @Override
  public Integer call() throws Exception {
    return options.play(new FlapDrill(length, half));
  }
}
