package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.models.history.CsvHistory;
import io.edgeflow.models.history.History;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.models.replay.Replay;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description = "A new file for every score, as CSV.")
  private @Nullable Path scores;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw wrong(folder + " is no folder");
    }
    if (!Files.isRegularFile(csv)) {
      throw wrong(csv + " is no file");
    }
    try (OpenBundle open = OpenBundle.open(folder, Processor.open())) {
      GoldenReport golden = open.prove();
      if (!golden.passed()) {
        spec.commandLine().getErr().println(golden);
        return ExitCodes.FAILED;
      }
      return replay(open);
    }
  }

  private int replay(OpenBundle open) throws Exception {
    History history =
        CsvHistory.read(
            csv,
            name ->
                open.bundle().manifest().input().selectors().stream()
                    .anyMatch(one -> one.matches(name)));
    List<Replay.Outcome> outcomes = scored(open, history);
    var text = new TryOutText(open.bundle(), history, outcomes);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? text.json() : text.text());
    out.flush();
    if (outcomes.stream().allMatch(outcome -> outcome.rows() == 0)) {
      spec.commandLine()
          .getErr()
          .println("nothing was scored: the file has too few readings of the model's series");
      return ExitCodes.FAILED;
    }
    return ExitCodes.DONE;
  }

  private List<Replay.Outcome> scored(OpenBundle open, History history) throws Exception {
    if (scores == null) {
      return Replay.run(open, history, (subject, timeMicros, values, offset) -> {});
    }
    List<Output> outputs = open.bundle().manifest().outputs();
    try (PrintWriter file = newFile(scores)) {
      file.println(
          outputs.stream().map(Output::name).collect(Collectors.joining(",", "subject,time,", "")));
      List<Replay.Outcome> outcomes =
          Replay.run(
              open,
              history,
              (subject, timeMicros, values, offset) -> {
                file.print(subject + "," + Times.text(timeMicros));
                for (int i = 0; i < outputs.size(); i++) {
                  file.print("," + values[offset + i]);
                }
                file.println();
              });
      if (file.checkError()) {
        throw new IOException(scores + " could not be written to its end");
      }
      return outcomes;
    }
  }

  private PrintWriter newFile(Path path) throws IOException {
    try {
      return new PrintWriter(Files.newBufferedWriter(path, StandardOpenOption.CREATE_NEW));
    } catch (FileAlreadyExistsException there) {
      throw new ParameterException(
          spec.commandLine(), path + " is there already; name a new file", there);
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
