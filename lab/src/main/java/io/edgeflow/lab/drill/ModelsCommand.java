package io.edgeflow.lab.drill;

import io.edgeflow.lab.exchange.ModelExchange;
import io.edgeflow.process.http.Json;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    header = "Models change places under load.",
    description = {
      "Runs the core of an edge in this process: recorder, journal, scoring. A thousand readings"
          + " come each second, and one model after the other is prepared, proved, sometimes"
          + " compared, promoted, sometimes returned from; some are refused. Each model adds its"
          + " own version to a reading, so that a score tells who gave it.",
      "",
      "Exits 0 only if every reading has one score, of the model that the events name at that"
          + " place, and native memory has not grown."
    })
final class ModelsCommand implements Callable<Integer> {
  @Option(
      names = "--changes",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int changes = 1000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Repeats the choices of a run; the default is a new one each time.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the result as JSON, and progress on stderr.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (changes < 2) {
      throw new ParameterException(spec.commandLine(), "--changes must be 2 or more");
    }
    long chosen = seed == null ? new SecureRandom().nextLong(1_000_000_000L) : seed;
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? spec.commandLine().getErr() : out;
    long begun = System.nanoTime();
    try (DrillFolder folder = DrillFolder.open(null)) {
      say(progress, "drill models, seed " + chosen);
      ModelExchange.Report report =
          ModelExchange.play(changes, chosen, folder.path(), line -> say(progress, line));
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      out.println(json ? Json.text(report) : text(report, chosen, seconds));
      out.flush();
      return report.faults().isEmpty() ? 0 : 1;
    }
  }

  private static String text(ModelExchange.Report report, long seed, long seconds) {
    var text =
        new StringBuilder(
            ("%n%d times another model served, %d of them by a return; %d ran in the shadow first,"
                    + " %d were refused. %d readings were taken and %d scores written. Resident"
                    + " memory: %d MiB before, %d MiB after; it grew by %d KiB more than the"
                    + " heap.%n%ndrill models, seed %d, %d s: ")
                .formatted(
                    report.changes(),
                    report.returns(),
                    report.shadows(),
                    report.refused(),
                    report.readings(),
                    report.scores(),
                    report.residentBefore() >> 20,
                    report.residentAfter() >> 20,
                    report.nativeGrowth() >> 10,
                    seed,
                    seconds));
    if (report.faults().isEmpty()) {
      return text.append("HELD: each reading has one score, of the model that the events name")
          .toString();
    }
    text.append("FAILED");
    report.faults().forEach(fault -> text.append("\n  ").append(fault));
    return text.toString();
  }

  private static void say(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }
}
