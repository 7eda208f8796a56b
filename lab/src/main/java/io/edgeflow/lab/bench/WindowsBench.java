package io.edgeflow.lab.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How many readings one core folds into windows, against a bare loop that adds the same numbers.
 */
@Command(
    name = "windows",
    mixinStandardHelpOptions = true,
    header = "Readings folded into windows per second on one core.",
    description = {
      "Readings folded into windows per second on one core, in order, windows taken when due;",
      "and the ratio to a bare loop that adds the same numbers to one sum per series."
    })
public final class WindowsBench implements Callable<Integer> {
  private static final double TARGET_PER_SECOND = 20e6;
  private static final long MAX_SECONDS = 3_600;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 5;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Series, each with one reading a second (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "Seconds that each side takes (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private record Result(double fold, double add) {
    double ratio() {
      return fold / add;
    }
  }

  @Override
  public Integer call() {
    if (series < 1 || series > 1_000_000) {
      throw new ParameterException(spec.commandLine(), "--series is not 1 to 1000000");
    }
    if (!(seconds > 0) || seconds > MAX_SECONDS) {
      throw new ParameterException(spec.commandLine(), "--seconds is not more than 0, up to 3600");
    }
    PrintWriter out = spec.commandLine().getOut();
    Result result = measure();
    out.println(json ? asJson(result) : asText(result));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** In turns, so that whatever else the machine does disturbs both sides alike. */
  private Result measure() {
    WindowsWork work = new WindowsWork(series);
    long roundNanos = (long) (seconds * 1e9 / ROUNDS);
    double[] folds = new double[ROUNDS];
    double[] adds = new double[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double fold = work.fold(roundNanos);
      double add = work.add(roundNanos);
      if (round >= 0) {
        folds[round] = fold;
        adds[round] = add;
      }
    }
    return new Result(median(folds), median(adds));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private String asText(Result result) {
    return String.format(
        Locale.ROOT,
        """
        windows: %,d series in order, one core, median of %d rounds
          folded into windows  %8.1f M readings/s  (target %.0f: %s)
          added to bare sums   %8.1f M values/s
          ratio                %8.3f\
        """,
        series,
        ROUNDS,
        result.fold / 1e6,
        TARGET_PER_SECOND / 1e6,
        result.fold >= TARGET_PER_SECOND ? "reached" : "missed",
        result.add / 1e6,
        result.ratio());
  }

  private String asJson(Result result) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"windows\",\"series\":%d,\"foldedPerSecond\":%.0f,"
            + "\"addedPerSecond\":%.0f,\"ratio\":%.4f,\"targetPerSecond\":%.0f,\"reached\":%b}",
        series,
        result.fold,
        result.add,
        result.ratio(),
        TARGET_PER_SECOND,
        result.fold >= TARGET_PER_SECOND);
  }
}
