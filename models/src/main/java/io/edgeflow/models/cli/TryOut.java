package io.edgeflow.models.cli;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.models.history.CsvHistory;
import io.edgeflow.models.replay.OpenBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Scores readings of a file with a model and counts the alarms there would have been.",
      "",
      "The bundle proves itself by its golden vectors first. Rows are prepared as at the edge, by "
          + "the times of the readings alone. An alarm is a score beyond a threshold for the "
          + "threshold's hold; what comes within a minute of the last is the same alarm.",
      "  edgeflow model test flow-model --csv yesterday.csv",
      "  edgeflow model test flow-model --csv yesterday.csv --scores scores.csv --json",
      "",
      "Exits with 0 also if there were alarms, with 1 if the golden vectors fail or no series in "
          + "the file fits the model.",
      ""
    })
final class TryOut implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle.")
  private Path folder = Path.of("");

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      required = true,
      description = "Readings: series,time,value and, if there is one, quality.")
  private Path csv = Path.of("");

  @Mixin private ReplayRun run = new ReplayRun();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(csv)) {
      throw new ParameterException(spec.commandLine(), csv + " is no file");
    }
    return run.run(folder, open -> CsvHistory.read(csv, name -> isOf(open, name)));
  }

  private static boolean isOf(OpenBundle open, SeriesName name) {
    return open.bundle().manifest().input().selectors().stream().anyMatch(one -> one.matches(name));
  }
}
