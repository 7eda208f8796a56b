package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.models.history.Past;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands have in common that score the past with a bundle and print the alarms. */
final class ReplayRun {
  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description = "A new file for every score, as CSV.")
  private @Nullable Path scores;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Where the readings come from, once the bundle has proved itself. */
  @FunctionalInterface
  interface Source {
    Past past(OpenBundle open) throws Exception;
  }

  /**
   * @return the exit code
   */
  int run(Path folder, Source source) throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), folder + " is no folder");
    }
    try (OpenBundle open = OpenBundle.open(folder, Processor.open())) {
      GoldenReport golden = open.prove();
      if (!golden.passed()) {
        spec.commandLine().getErr().println(golden);
        return ExitCodes.FAILED;
      }
      return replay(open, source.past(open));
    }
  }

  private int replay(OpenBundle open, Past past) throws IOException, ScoringException {
    List<Replay.Outcome> outcomes = scored(open, past);
    var text = new ReplayText(open.bundle(), past, outcomes);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? text.json() : text.text());
    out.flush();
    if (outcomes.stream().allMatch(outcome -> outcome.rows() == 0)) {
      spec.commandLine()
          .getErr()
          .println("nothing was scored: there are too few readings of the model's series");
      return ExitCodes.FAILED;
    }
    return ExitCodes.DONE;
  }

  private List<Replay.Outcome> scored(OpenBundle open, Past past)
      throws IOException, ScoringException {
    if (scores == null) {
      return Replay.run(open, past, (subject, timeMicros, values, offset) -> {});
    }
    List<Output> outputs = open.bundle().manifest().outputs();
    try (PrintWriter file = newFile(scores)) {
      file.println(
          outputs.stream().map(Output::name).collect(Collectors.joining(",", "subject,time,", "")));
      List<Replay.Outcome> outcomes =
          Replay.run(
              open,
              past,
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
}
