package io.edgeflow.lab.bench;

import io.edgeflow.process.files.Folders;
import io.edgeflow.wire.frame.WindowRow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What exactly-once costs at the cloud: frames to committed windows, through decoding, ledger and
 * merge, against a bare COPY of the same rows into the same table. The sides take turns on one
 * server.
 */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    header = "Frames to committed windows, against a bare COPY of the same rows.",
    description = {
      "Windows committed per second: frames through the cloud's writer (decoded, accounted,"
          + " merged),",
      "and a bare COPY of the same rows into an identical table of the same server; and the ratio."
    })
public final class StoreBench implements Callable<Integer> {
  private static final double TARGET = 0.6;
  private static final long MINUTE = 60_000_000L;
  private static final String EDGE = "bench";
  private static final int WARM_UP_ROUNDS = 3;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Series, each with a window per frame (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "200",
      description = "Frames per round (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Rounds, of which the median counts (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      defaultValue = "30000",
      description = "Rows per transaction of the bare COPY (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private record Result(double written, double copied, double ratio) {}

  @Override
  public Integer call() throws Exception {
    check(series >= 1 && series <= 60_000, "--series is not 1 to 60000");
    check(minutes >= 1 && minutes <= 10_000, "--minutes is not 1 to 10000");
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100");
    check(batch >= series, "--batch is less than one frame");
    Path home = folder.create("bench-store-");
    PrintWriter out = spec.commandLine().getOut();
    try (StoreSides sides = StoreSides.start(home)) {
      Result result = measure(sides);
      out.println(json ? asJson(result) : asText(result));
      out.flush();
    } finally {
      Folders.delete(home);
    }
    return CommandLine.ExitCode.OK;
  }

  private Result measure(StoreSides sides) throws Exception {
    long now = System.currentTimeMillis() * 1000 / MINUTE;
    long first = now - (long) minutes * (rounds + WARM_UP_ROUNDS) - 10;
    StoreWork work = new StoreWork(EDGE, series, first, 42);
    sides.prepare(List.of(work.frame(work.minute())), EDGE);
    double[] written = new double[rounds];
    double[] copied = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      List<List<WindowRow>> rows = Stream.generate(work::minute).limit(minutes).toList();
      List<byte[]> frames = rows.stream().map(work::frame).toList();
      double write = rate(sides.write(frames, EDGE));
      double copy = rate(sides.copy(streams(rows)));
      if (round >= 0) {
        written[round] = write;
        copied[round] = copy;
      }
    }
    return new Result(median(written), median(copied), ratio(written, copied));
  }

  private List<byte[]> streams(List<List<WindowRow>> rows) {
    int perStream = batch / series;
    List<byte[]> streams = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += perStream) {
      streams.add(StoreWork.copy(rows.subList(from, Math.min(rows.size(), from + perStream))));
    }
    return streams;
  }

  private double rate(long nanos) {
    return (double) series * minutes * 1e9 / nanos;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Of each round, because what disturbs a round disturbs both sides of it. */
  private static double ratio(double[] written, double[] copied) {
    double[] ratios = new double[written.length];
    Arrays.setAll(ratios, i -> written[i] / copied[i]);
    return median(ratios);
  }

  private String asText(Result result) {
    return String.format(
        Locale.ROOT,
        """
        store: %,d series, %,d frames a round, median of %d rounds
          frames to committed windows  %,10.0f rows/s
          bare COPY of the same rows   %,10.0f rows/s
          ratio                        %10.2f  (target %.1f: %s)\
        """,
        series,
        minutes,
        rounds,
        result.written(),
        result.copied(),
        result.ratio(),
        TARGET,
        result.ratio() >= TARGET ? "reached" : "missed");
  }

  private String asJson(Result result) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"store\",\"series\":%d,\"frames\":%d,\"rounds\":%d,\"writtenPerSecond\":%.0f,"
            + "\"copiedPerSecond\":%.0f,\"ratio\":%.4f,\"target\":%.1f,\"reached\":%b}",
        series,
        minutes,
        rounds,
        result.written(),
        result.copied(),
        result.ratio(),
        TARGET,
        result.ratio() >= TARGET);
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }
}
