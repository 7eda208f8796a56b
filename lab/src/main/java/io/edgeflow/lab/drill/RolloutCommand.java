package io.edgeflow.lab.drill;

import io.edgeflow.lab.fleet.FleetDrill;
import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.http.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Option(names = "--json", description = "Print the result as JSON, and progress on stderr.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (edges < 2 || edges > 1_000 || soak.toSeconds() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--edges must be 2 to 1000, --soak a second or more");
    }
    long chosen = seed == null ? new SecureRandom().nextLong(1_000_000_000L) : seed;
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? spec.commandLine().getErr() : out;
    long begun = System.nanoTime();
    try (DrillFolder folder = DrillFolder.open(dir)) {
      say(progress, "drill rollout, seed %d, in %s".formatted(chosen, folder.path()));
      folder.keepIf(true);
      FleetDrill.Report report =
          FleetDrill.play(
              new FleetDrill.Shape(edges, soak),
              chosen,
              folder.path(),
              line -> say(progress, "%4d s  %s".formatted(seconds(begun), line)));
      folder.keepIf(!report.faults().isEmpty());
      out.println(json ? Json.text(report) : text(report, chosen, seconds(begun)));
      out.flush();
      return report.faults().isEmpty() ? 0 : 1;
    }
  }

  private static String text(FleetDrill.Report report, long seed, long seconds) {
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
    text.append(
        "%ndrill rollout, %d edges, seed %d, %d s: ".formatted(report.edges(), seed, seconds));
    if (report.faults().isEmpty()) {
      return text.append("HELD: bad models stopped in the first wave and came back by themselves")
          .toString();
    }
    text.append("FAILED");
    report.faults().forEach(fault -> text.append("\n  ").append(fault));
    return text.toString();
  }

  private static long seconds(long begun) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
  }

  private static void say(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }
}
