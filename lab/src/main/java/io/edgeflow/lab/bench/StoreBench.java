package io.edgeflow.lab.bench;

import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.lab.bench.StoreGrowth.Shape;
import io.edgeflow.lab.bench.StorePlant.Sent;
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
import org.jspecify.annotations.Nullable;
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
      description = "Frames of each edge per round (default: ${DEFAULT-VALUE}).")
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

  @Option(
      names = "--edges",
      paramLabel = "E",
      defaultValue = "4",
      description = "Edges that share the series (default: ${DEFAULT-VALUE}).")
  private int edges;

  @Option(
      names = "--writers",
      paramLabel = "W",
      defaultValue = "2",
      description = "database.writers (default: ${DEFAULT-VALUE}). The bare COPY has one.")
  private int writers;

  @Option(
      names = "--grow",
      paramLabel = "ROWS",
      description = {
        "Instead: fill the table up to so many rows, and print what a row of each tenth took,",
        "such as 50000000. Tells first what disk it takes."
      })
  private @Nullable Long grow;

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
    check(batch >= series, "--batch is less than one minute");
    check(edges >= 1 && edges <= series, "--edges is not 1 to the number of series");
    check(
        writers >= 1 && writers <= WriterSettings.MOST_WRITERS,
        "--writers is not 1 to " + WriterSettings.MOST_WRITERS);
    check(grow == null || grow >= 100_000, "--grow is less than 100000");
    Path home = folder.create("bench-store-");
    PrintWriter out = spec.commandLine().getOut();
    if (grow != null) {
      StoreGrowth.announce(grow, home, spec.commandLine().getErr());
    }
    try (StoreSides sides = StoreSides.start(home, writers)) {
      if (grow != null) {
        StoreGrowth.Result grown = grow(sides, grow);
        out.println(json ? grown.asJson() : grown.asText());
      } else {
        Result result = measure(sides);
        out.println(json ? asJson(result) : asText(result));
      }
      out.flush();
    } finally {
      Folders.delete(home);
    }
    return CommandLine.ExitCode.OK;
  }

  private StoreGrowth.Result grow(StoreSides sides, long rows) throws Exception {
    StorePlant plant = plant(StoreGrowth.minutes(rows, series));
    return new StoreGrowth(
            sides, plant, new Shape(series, edges, writers), spec.commandLine().getErr())
        .measure(rows);
  }

  /** Edges whose last of so many minutes is over just now. */
  private StorePlant plant(long minutes) {
    long now = System.currentTimeMillis() * 1000 / MINUTE;
    return new StorePlant(edges, series, writers, now - minutes - 10, 42);
  }

  private Result measure(StoreSides sides) throws Exception {
    StorePlant work = plant((long) minutes * (rounds + WARM_UP_ROUNDS) + 1);
    sides.prepare(work.frames(work.minute()));
    double[] written = new double[rounds];
    double[] copied = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      List<List<WindowRow>> rows = Stream.generate(work::minute).limit(minutes).toList();
      List<Sent> frames = rows.stream().flatMap(minute -> work.frames(minute).stream()).toList();
      double write = rate(sides.write(frames));
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
        store: %,d series of %d edges, %d writers, %,d minutes a round, median of %d rounds
          frames to committed windows  %,10.0f rows/s
          bare COPY of the same rows   %,10.0f rows/s
          ratio                        %10.2f  (target %.1f: %s)\
        """,
        series,
        edges,
        writers,
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
        "{\"benchmark\":\"store\",\"series\":%d,\"edges\":%d,\"writers\":%d,\"frames\":%d,\"rounds\":%d,\"writtenPerSecond\":%.0f,"
            + "\"copiedPerSecond\":%.0f,\"ratio\":%.4f,\"target\":%.1f,\"reached\":%b}",
        series,
        edges,
        writers,
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
