package io.edgeflow.lab.bench;

import io.edgeflow.cloud.query.Plans;
import io.edgeflow.process.files.Folders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the query API costs against SQL that a person wrote for the same numbers. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    header = "Charts out of the query API, against the best SQL for the same numbers.",
    description = {
      "Fills a database with minute windows and asks the cloud's own server for charts, over HTTP"
          + " to the last byte: 10 series over 30 days, beside hand-written SQL for the same"
          + " numbers, and 100 series over 24 hours.",
      "Twice as many rows take twice as long to fill in; the answers should not."
    })
public final class QueryBench implements Callable<Integer> {
  private static final double TARGET_RATIO = 1.5;
  private static final double TARGET_MILLIS = 100;
  private static final int WARM_UP_ROUNDS = 30;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "200",
      description = "Series in the database (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "60",
      description = "Days of minute windows of each (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "100",
      description = "Rounds; the sides take turns (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--plans", description = "Print the plans of the main queries before the result.")
  private boolean plans;

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Milliseconds. */
  private record Side(double p50, double p99) {
    static Side of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Side(
          sorted[sorted.length / 2] / 1e6, sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6);
    }
  }

  private record Result(Side chart, Side written, double ratio, Side day, Side dayAll) {}

  @Override
  public Integer call() throws Exception {
    check(series >= 10 && series <= 2000, "--series is not 10 to 2000");
    check(days >= 1 && days <= 400, "--days is not 1 to 400");
    check(rounds >= 1 && rounds <= 10_000, "--rounds is not 1 to 10000");
    Path home = folder.create("bench-query-");
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (QueryHouse house = QueryHouse.build(home, series, days, now)) {
      Result result = measure(house);
      if (plans) {
        out.println(plans(house));
      }
      out.println(json ? asJson(result) : asText(result));
      out.flush();
    } finally {
      Folders.delete(home);
    }
    return CommandLine.ExitCode.OK;
  }

  private Result measure(QueryHouse house) throws Exception {
    try (QuerySides sides = new QuerySides(house)) {
      int many = Math.min(series, 100);
      long[] chart = new long[rounds];
      long[] written = new long[rounds];
      long[] day = new long[rounds];
      long[] dayAll = new long[rounds];
      sides.requireSameNumbers(10, Duration.ofDays(30));
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        int at = Math.max(0, round);
        written[at] = sides.written(10, Duration.ofDays(30));
        chart[at] = sides.chart(10, Duration.ofDays(30), "");
        day[at] = sides.chart(many, Duration.ofHours(24), "&agg=min,max,mean");
        dayAll[at] = sides.chart(many, Duration.ofHours(24), "");
      }
      double[] ratios = new double[rounds];
      Arrays.setAll(ratios, i -> (double) chart[i] / written[i]);
      Arrays.sort(ratios);
      return new Result(
          Side.of(chart), Side.of(written), ratios[rounds / 2], Side.of(day), Side.of(dayAll));
    }
  }

  private String plans(QueryHouse house) throws Exception {
    List<Integer> ids = IntStream.rangeClosed(1, 10).boxed().toList();
    var text = new StringBuilder();
    try (Connection connection = house.database().getConnection()) {
      for (Plans.Plan plan : Plans.of(connection, ids, house.now())) {
        text.append("-- ").append(plan.question()).append('\n').append(plan.text()).append('\n');
      }
    }
    return text.toString();
  }

  private String asText(Result result) {
    return String.format(
        Locale.ROOT,
        """
        query: %,d series, %d days of minutes (%,d windows), %d rounds, over HTTP to the last byte
          10 series, 30 days, API        %8.1f ms p50  %8.1f ms p99
          the same by hand-written SQL   %8.1f ms p50  %8.1f ms p99
          ratio                          %8.2f  (target at most %.1f: %s)
          %d series, 24 hours (5m)       %8.1f ms p50  %8.1f ms p99  (target below %.0f ms: %s)
          the same with every column     %8.1f ms p50  %8.1f ms p99\
        """,
        series,
        days,
        (long) series * days * 1440,
        rounds,
        result.chart().p50(),
        result.chart().p99(),
        result.written().p50(),
        result.written().p99(),
        result.ratio(),
        TARGET_RATIO,
        result.ratio() <= TARGET_RATIO ? "reached" : "missed",
        Math.min(series, 100),
        result.day().p50(),
        result.day().p99(),
        TARGET_MILLIS,
        result.day().p99() < TARGET_MILLIS ? "reached" : "missed",
        result.dayAll().p50(),
        result.dayAll().p99());
  }

  private String asJson(Result result) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"query\",\"series\":%d,\"days\":%d,\"rounds\":%d,\"chartMillis\":%.2f,"
            + "\"sqlMillis\":%.2f,\"ratio\":%.4f,\"targetRatio\":%.1f,\"dayMillisP50\":%.2f,"
            + "\"dayMillisP99\":%.2f,\"targetMillis\":%.0f,\"dayAllMillisP50\":%.2f,"
            + "\"dayAllMillisP99\":%.2f,\"reached\":%b}",
        series,
        days,
        rounds,
        result.chart().p50(),
        result.written().p50(),
        result.ratio(),
        TARGET_RATIO,
        result.day().p50(),
        result.day().p99(),
        TARGET_MILLIS,
        result.dayAll().p50(),
        result.dayAll().p99(),
        result.ratio() <= TARGET_RATIO && result.day().p99() < TARGET_MILLIS);
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }
}
