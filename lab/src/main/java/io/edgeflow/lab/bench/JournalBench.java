package io.edgeflow.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the journal costs over the disk: the same bytes, in the same batches, on the same disk. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    header = "Journal commits against a bare write and force of the same bytes.",
    description = {
      "Records appended and committed per second, batch by batch, against a bare write and",
      "force of the same bytes in the same batches on the same disk, in turns."
    })
public final class JournalBench implements Callable<Integer> {
  private static final double TARGET = 0.8;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 15;
  private static final int MAX_BATCH = 100_000;
  private static final int MAX_RECORD = 65_536;

  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      defaultValue = "50,500,5000",
      description = "Records between two commits (default: ${DEFAULT-VALUE}).")
  private int[] batches;

  @Option(
      names = "--record-bytes",
      paramLabel = "B",
      defaultValue = "80",
      description = "Bytes of a record (default: ${DEFAULT-VALUE}, a reading with its topic).")
  private int recordBytes;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Seconds that each side of each batch size takes (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Bytes per second, medians of the rounds; the ratio is the median of the rounds' ratios. */
  private record Result(int batch, int batchBytes, double journal, double bare, double ratio) {
    boolean reached() {
      return ratio >= TARGET;
    }

    double recordsPerSecond() {
      return journal / batchBytes * batch;
    }
  }

  @Override
  public Integer call() throws IOException {
    check();
    List<Result> results = new ArrayList<>();
    for (int batch : batches) {
      results.add(measure(batch));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? asJson(results) : asText(results));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void check() {
    if (Arrays.stream(batches).anyMatch(n -> n < 1 || n > MAX_BATCH)) {
      throw new ParameterException(spec.commandLine(), "--batches are not all 1 to " + MAX_BATCH);
    }
    if (recordBytes < 1 || recordBytes > MAX_RECORD) {
      throw new ParameterException(spec.commandLine(), "--record-bytes is not 1 to " + MAX_RECORD);
    }
    if (!(seconds > 0) || seconds > 3_600) {
      throw new ParameterException(spec.commandLine(), "--seconds is not more than 0, up to 3600");
    }
  }

  /** Batch by batch in turns: what others do to the disk changes more than what is measured. */
  private Result measure(int batch) throws IOException {
    double[] journals = new double[ROUNDS];
    double[] bares = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    try (JournalWork work = new JournalWork(folder.create("bench-journal-"), batch, recordBytes)) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        Round measured = round(work);
        if (round >= 0) {
          journals[round] = measured.journal;
          bares[round] = measured.bare;
          ratios[round] = measured.journal / measured.bare;
        }
      }
      return new Result(batch, work.batchBytes(), median(journals), median(bares), median(ratios));
    }
  }

  /** Bytes per second. */
  private record Round(double journal, double bare) {}

  private Round round(JournalWork work) throws IOException {
    long end = System.nanoTime() + (long) (2 * seconds * 1e9 / ROUNDS);
    long journalNanos = 0;
    long bareNanos = 0;
    int batches = 0;
    do {
      journalNanos += work.journal();
      bareNanos += work.bare();
      batches++;
    } while (System.nanoTime() < end);
    double bytes = 1e9 * batches * work.batchBytes();
    return new Round(bytes / journalNanos, bytes / bareNanos);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private String asText(List<Result> results) {
    String head =
        String.format(
            Locale.ROOT,
            "journal: records of %d bytes, median of %d rounds, target ratio %.1f%n"
                + "  batch      bytes   journal MB/s   bare MB/s   records/s   ratio",
            recordBytes,
            ROUNDS,
            TARGET);
    return results.stream().map(JournalBench::line).collect(Collectors.joining("", head, ""));
  }

  private static String line(Result r) {
    return String.format(
        Locale.ROOT,
        "%n  %5d %,10d %14.2f %11.2f %,11.0f   %.3f %s",
        r.batch,
        r.batchBytes,
        r.journal / 1e6,
        r.bare / 1e6,
        r.recordsPerSecond(),
        r.ratio,
        r.reached() ? "reached" : "missed");
  }

  private String asJson(List<Result> results) {
    return results.stream()
        .map(JournalBench::json)
        .collect(
            Collectors.joining(
                ",",
                "{\"benchmark\":\"journal\",\"recordBytes\":" + recordBytes + ",\"results\":[",
                "],\"target\":" + TARGET + "}"));
  }

  private static String json(Result r) {
    return String.format(
        Locale.ROOT,
        "{\"batch\":%d,\"batchBytes\":%d,\"journalBytesPerSecond\":%.0f,"
            + "\"bareBytesPerSecond\":%.0f,\"recordsPerSecond\":%.0f,\"ratio\":%.4f,\"reached\":%b}",
        r.batch,
        r.batchBytes,
        r.journal,
        r.bare,
        r.recordsPerSecond(),
        r.ratio,
        r.reached());
  }
}
