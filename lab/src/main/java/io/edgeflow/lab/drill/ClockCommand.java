package io.edgeflow.lab.drill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill clock}. */
@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    header = "The gateway's wall clock jumps, is missing, and comes back.",
    description = {
      "A gateway starts without a clock, as a Pi without a battery, and learns the time later; its"
          + " clock jumps by +10 years, by -1 hour, to 1970, and back, with the link down or with a"
          + " cloud that contradicts; and each time it is killed and started while its clock is"
          + " wrong. In the end it starts with a clock ten years ahead that looks right. Sensors"
          + " speak all the time, with stamps and without.",
      "",
      "Proves T1 to T3 and J10: nothing acknowledged is lost or counted twice; what came while the"
          + " clock was not believed is marked uncertain, and nothing else; no reading lies where a"
          + " wrong clock pointed; windows close all the same; nothing delivered goes early; and"
          + " events name the jumps."
    })
final class ClockCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--only",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
  private @Nullable List<WrongClock> only;

  @Override
  public Integer call() throws Exception {
    List<WrongClock> clocks = only == null ? List.of(WrongClock.values()) : only;
    return options.play(new ClockDrill(clocks, Duration.ofSeconds(4)));
  }
}
