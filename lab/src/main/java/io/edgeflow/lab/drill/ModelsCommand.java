package io.edgeflow.lab.drill;

import io.edgeflow.lab.drill.ReportOptions.Judged;
import io.edgeflow.lab.exchange.ModelExchange;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    if (changes < 2) {
      throw options.wrong("--changes must be 2 or more");
    }
    long chosen = DrillOptions.chosen(seed);
    return options.play(
        "models, seed " + chosen,
        (home, console) -> {
          ModelExchange.Report report = ModelExchange.play(changes, chosen, home, console::say);
          return new Judged(report, report.faults(), text(report, chosen, console));
        });
  }

  private static String text(ModelExchange.Report report, long seed, Console console) {
    String account =
        ("%n%d times another model served, %d of them by a return; %d ran in the shadow first,"
                + " %d were refused. %d readings were taken and %d scores written. Resident"
                + " memory: %d MiB before, %d MiB after; it grew by %d KiB more than the heap.%n")
            .formatted(
                report.changes(),
                report.returns(),
                report.shadows(),
                report.refused(),
                report.readings(),
                report.scores(),
                report.residentBefore() >> 20,
                report.residentAfter() >> 20,
                report.nativeGrowth() >> 10);
    return account
        + console.verdict(
            "models, seed " + seed,
            report.faults(),
            "each reading has one score, of the model that the events name");
  }
}
