package io.edgeflow.lab.drill;

import io.edgeflow.lab.fleet.AgentKillDrill;
import io.edgeflow.process.http.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Option(names = "--json", description = "Print the result as JSON, and progress on stderr.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (kills < 1) {
      throw new ParameterException(spec.commandLine(), "--kills must be 1 or more");
    }
    long chosen = seed == null ? new SecureRandom().nextLong(1_000_000_000L) : seed;
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? spec.commandLine().getErr() : out;
    long begun = System.nanoTime();
    try (DrillFolder folder = DrillFolder.open(dir)) {
      say(progress, "drill agent, seed %d, in %s".formatted(chosen, folder.path()));
      folder.keepIf(true);
      AgentKillDrill.Report report =
          AgentKillDrill.play(
              kills,
              chosen,
              folder.path(),
              line -> say(progress, "%4d s  %s".formatted(seconds(begun), line)));
      folder.keepIf(!report.faults().isEmpty());
      out.println(json ? Json.text(report) : text(report, chosen, seconds(begun)));
      out.flush();
      return report.faults().isEmpty() ? 0 : 1;
    }
  }

  private static String text(AgentKillDrill.Report report, long seed, long seconds) {
    var text =
        new StringBuilder(
            ("%nkilled %d times in %d rollouts: %s%nrollouts ended: %s%n%d times an older proven"
                    + " model than the newest served in the end%n%ndrill agent, seed %d, %d s: ")
                .formatted(
                    report.killed(),
                    report.rollouts(),
                    report.kills(),
                    report.ends(),
                    report.older(),
                    seed,
                    seconds));
    if (report.faults().isEmpty()) {
      return text.append("HELD: it always ended with a proven model, and told the truth")
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
