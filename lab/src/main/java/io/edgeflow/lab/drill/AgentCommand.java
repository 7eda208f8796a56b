package io.edgeflow.lab.drill;

import io.edgeflow.lab.drill.ReportOptions.Judged;
import io.edgeflow.lab.fleet.AgentKillDrill;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill agent}. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    header = "A gateway is killed with -9 at every step of taking a model.",
    description = {
      "Starts a gateway and a cloud with its database as processes of their own. One model after"
          + " the other is published, good ones and bad ones, and the gateway is killed when its"
          + " journal names a step that was chosen before: queued, downloading, verified,"
          + " preparing, prepared, shadow, activating, active, proven, returning, rolled back; or"
          + " at random, where the step does not come.",
      "",
      "Exits 0 only if after every rollout a proven model serves, the new one or the one before,"
          + " and the cloud is told which (R1, R2).",
      "A model that the gateway was killed with twice in its first seconds is not begun with again"
          + " (R2): then an older proven one serves."
    })
final class AgentCommand implements Callable<Integer> {
  @Option(
      names = "--kills",
      defaultValue = "200",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int kills = 200;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Repeats the choices of a run; the default is a new one each time.")
  private @Nullable Long seed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "An empty folder to work in; the default is a new one for temporary files.")
  private @Nullable Path dir;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    if (kills < 1) {
      throw options.wrong("--kills must be 1 or more");
    }
    long chosen = DrillOptions.chosen(seed);
    return options.play(
        "agent, seed " + chosen,
        dir,
        (home, console) -> {
          AgentKillDrill.Report report = AgentKillDrill.play(kills, chosen, home, console::step);
          return new Judged(report, report.faults(), text(report, chosen, console));
        });
  }

  private static String text(AgentKillDrill.Report report, long seed, Console console) {
    String account =
        ("%nkilled %d times in %d rollouts: %s%nrollouts ended: %s%n%d times an older proven model"
                + " than the newest served in the end%n")
            .formatted(
                report.killed(), report.rollouts(), report.kills(), report.ends(), report.older());
    return account
        + console.verdict(
            "agent, seed " + seed,
            report.faults(),
            "it always ended with a proven model, and told the truth");
  }
}
