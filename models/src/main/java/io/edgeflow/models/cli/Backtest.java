package io.edgeflow.models.cli;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.cloud.NoSuchHistoryException;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model backtest}. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the alarms a day that a model would have raised, before anyone publishes it.",
      "",
      "The past is a cloud's history or a CSV file. Rows are prepared as at the edge, by the times "
          + "of the readings alone; the bundle proves itself by its golden vectors first. An alarm "
          + "is a score beyond a threshold for the threshold's hold; what comes within a minute of "
          + "the last is the same alarm. Alarms are counted by subject, threshold and day (UTC).",
      "  edgeflow model backtest pumps --from http://127.0.0.1:8080 --since 30d",
      "  edgeflow model backtest pumps --from lastweek.csv --since 2026-01-26T00:00:00Z --json",
      "",
      "A model of minutes runs on the minutes that a cloud has of every series; a minute in which"
          + " some reading was bad or stale counts as uncertain then. Another model needs the"
          + " single readings, and the cloud must have been sent all of them.",
      "",
      "Exits with 0 also if there were alarms, with 1 if the golden vectors fail or nothing could "
          + "be scored.",
      ""
    })
final class Backtest implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle's folder.")
  private Path folder = Path.of("");

  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--series",
      paramLabel = "SELECTOR",
      split = ",",
      description = "Of the model's series only these: pump-7/flow, or a pattern such as pump-7/*.")
  private List<String> series = List.of();

  @Mixin private ReplayRun run = new ReplayRun();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    past.check();
    List<Selector> only = Arguments.selectors(spec, series);
    return run.run(folder, open -> read(open.bundle().manifest(), only));
  }

  private Past read(Manifest manifest, List<Selector> only) throws Exception {
    Past read = past.read(manifest.input().selectors(), name -> isOf(only, name), grain(manifest));
    if (read instanceof Minutes && Minutes.lacks(manifest).isPresent()) {
      throw new NoSuchHistoryException(
          Minutes.lacks(manifest).get()
              + ", and the cloud was not sent all of those: have them reported on the raw lane, or"
              + " fetch them (`buffer fetch`) and say --grain raw");
    }
    return read;
  }

  /** Minutes where they are as good as readings and there are a sixtieth of them. */
  private PastOptions.Grain grain(Manifest manifest) {
    Optional<String> lacks = Minutes.lacks(manifest);
    if (past.grain() == PastOptions.Grain.MINUTES && lacks.isPresent()) {
      throw wrong("--grain minutes: " + lacks.get());
    }
    boolean minutesWill = past.grain() == PastOptions.Grain.AUTO && lacks.isEmpty();
    return minutesWill && past.isCloud() ? PastOptions.Grain.MINUTES : past.grain();
  }

  private static boolean isOf(List<Selector> only, SeriesName name) {
    return only.isEmpty() || only.stream().anyMatch(one -> one.matches(name));
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
