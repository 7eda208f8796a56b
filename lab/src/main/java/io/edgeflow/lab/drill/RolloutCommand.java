package io.edgeflow.lab.drill;

import io.edgeflow.lab.drill.ReportOptions.Judged;
import io.edgeflow.lab.fleet.FleetDrill;
import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill rollout}. */
@Command(
    name = "rollout",
    mixinStandardHelpOptions = true,
    header = "Good and bad models are published to a fleet.",
    description = {
      "A real cloud with its database, and in this process many edges: the agent that follows"
          + " documents, its downloads and real models are the gateway's own; only what the edges"
          + " sense, and the meter of a leaking model, are made up.",
      "",
      "A good model is rolled out while the cloud is killed in the middle; then one that is wrong,"
          + " one whose scores are no numbers, a slow one, one that alarms always and one that"
          + " leaks. One edge is away for a whole rollout and returns; another is away while one is"
          + " aborted.",
      "",
      "Exits 0 only if good models come everywhere, bad ones stop in the first wave and are gone"
          + " within one soak, and who was away takes what is right (R1 to R4)."
    })
final class RolloutCommand implements Callable<Integer> {
  @Option(
      names = "--edges",
      defaultValue = "200",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int edges = 200;

  @Option(
      names = "--soak",
      defaultValue = "20s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Of each rollout, whole seconds (default: ${DEFAULT-VALUE}).")
  private Duration soak = Duration.ZERO;

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

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    if (edges < 2 || edges > 1_000 || soak.toSeconds() < 1) {
      throw options.wrong("--edges must be 2 to 1000, --soak a second or more");
    }
    long chosen = DrillOptions.chosen(seed);
    return options.play(
        "rollout, seed " + chosen,
        dir,
        (home, console) -> {
          FleetDrill.Report report =
              FleetDrill.play(new FleetDrill.Shape(edges, soak), chosen, home, console::step);
          return new Judged(report, report.faults(), text(report, chosen, console));
        });
  }

  private static String text(FleetDrill.Report report, long seed, Console console) {
    var text = new StringBuilder("\nversion  fault    ended         asked  served for\n");
    for (FleetDrill.Story story : report.stories()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%7d  %-7s  %-12s  %5d  %8.1f s%n",
              story.version(),
              story.fault(),
              story.status(),
              story.asked(),
              story.backSeconds()));
    }
    return text
        + console.verdict(
            "rollout, %d edges, seed %d".formatted(report.edges(), seed),
            report.faults(),
            "bad models stopped in the first wave and came back by themselves");
  }
}
