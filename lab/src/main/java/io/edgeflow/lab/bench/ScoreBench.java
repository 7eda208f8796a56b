package io.edgeflow.lab.bench;

import io.edgeflow.process.files.Folders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What scoring costs over calling ONNX Runtime directly. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    header = "Scoring, against calling ONNX Runtime directly.",
    description = {
      "Microseconds of a call that scores 1, 64 and 1024 rows of 16 values with a network of 16, 8",
      "and 16; and the ratio to the same call of ONNX Runtime, an array in and an array out. The",
      "sides take turns of a tenth of a second; medians. All in this process."
    })
public final class ScoreBench implements Callable<Integer> {
  private static final List<Integer> ROWS = List.of(1, 64, 1024);
  private static final double TARGET = 1.3;
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Turns of each side for each number of rows (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private BenchFolder folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || rounds > 1_000) {
      throw new ParameterException(spec.commandLine(), "--rounds is not 1 to 1000");
    }
    Path directory = folder.create("bench-score");
    try (ScoreWork work = ScoreWork.open(directory)) {
      List<ScoreWork.Cost> costs = new ArrayList<>();
      for (int rows : ROWS) {
        costs.add(work.cost(rows, rounds, ROUND_NANOS));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? asJson(costs) : asText(work.provider(), costs));
      out.flush();
      return CommandLine.ExitCode.OK;
    } finally {
      Folders.delete(directory);
    }
  }

  private static String asText(String provider, List<ScoreWork.Cost> costs) {
    return costs.stream()
        .map(ScoreBench::line)
        .collect(
            Collectors.joining(
                "\n",
                "score: %s; target ratio %.1f%n   rows   direct us   scored us   ratio%n"
                    .formatted(provider, TARGET),
                ""));
  }

  private static String line(ScoreWork.Cost cost) {
    return String.format(
        Locale.ROOT,
        "%,7d  %10.2f  %10.2f  %6.2f %s",
        cost.rows(),
        cost.directMicros(),
        cost.scoreMicros(),
        cost.ratio(),
        cost.ratio() <= TARGET ? "reached" : "missed");
  }

  private static String asJson(List<ScoreWork.Cost> costs) {
    return costs.stream()
        .map(
            cost ->
                String.format(
                    Locale.ROOT,
                    "{\"rows\":%d,\"directMicros\":%.3f,\"scoreMicros\":%.3f,\"ratio\":%.3f,"
                        + "\"target\":%.1f,\"reached\":%b}",
                    cost.rows(),
                    cost.directMicros(),
                    cost.scoreMicros(),
                    cost.ratio(),
                    TARGET,
                    cost.ratio() <= TARGET))
        .collect(Collectors.joining(",", "{\"benchmark\":\"score\",\"batches\":[", "]}"));
  }
}
