package io.edgeflow.cloud.operator;

import io.edgeflow.cloud.files.ExportPage;
import io.edgeflow.cloud.operator.ExportTarget.Progress;
import io.edgeflow.process.cli.CloudBusyException;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow export}. */
@Command(
    name = "edgeflow export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what a running cloud has stored of some series into a file, to the bit.",
      "",
      "That is every window with its count, aggregates and times, and every change of states and"
          + " texts; with --raw single readings, of the series that send them. 'edgeflow import'"
          + " brings it in again as it was. What was marked as wrong is in it too.",
      "",
      "A file has the name FILE.part until it is whole. After a break give the same command again:"
          + " it goes on where it was. A file of that name is replaced in the end.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 all is written; 1 it is not, or there is no such series; 2 wrong use.",
      "",
      "  edgeflow export 'pi-7/pump-7/*' --last 30d -o pump-7.csv",
      "  edgeflow export '*' --from 2026-01-01 --to 2026-02-01 --format line -o january.lp",
      "  edgeflow export pi-7/pump-7/flow --last 1h --raw | head"
    })
public final class Export implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final long EVERY = Duration.ofSeconds(2).toNanos();

  /** What a file is written in. */
  enum Form {
    CSV,
    LINE
  }

  @Parameters(
      paramLabel = "SERIES",
      arity = "1..*",
      description = "pi-7/pump-7/flow, or a pattern in quotes: 'pi-*/flow'.")
  private List<String> series = List.of();

  @Mixin private Span span = new Span();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "CSV",
      description = "csv or line, which is line protocol (default: csv).")
  private Form form = Form.CSV;

  @Option(names = "--raw", description = "Single readings, not windows.")
  private boolean raw;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Without it, standard output.")
  private @Nullable Path output;

  @Option(
      names = "--page",
      paramLabel = "ROWS",
      defaultValue = "20000",
      hidden = true,
      description = "How many rows are asked for at once.")
  private int page = 20_000;

  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Export(), args));
  }

  @Override
  public Integer call() throws Exception {
    var question = new StringBuilder("/api/v1/export?what=").append(raw ? "readings" : "windows");
    series.forEach(one -> question.append("&series=").append(CloudOptions.encoded(one)));
    question.append(span.query(spec, Instant.now())).append("&limit=").append(page);
    String asked = series + " " + span.text() + " " + form + " " + raw;
    try (CloudClient client = cloud.open();
        ExportTarget target = target()) {
      Progress progress = target.left(asked).orElse(new Progress(question.toString(), "", 0));
      if (progress.rows() > 0) {
        say("%s: goes on behind %s rows".formatted(output, Words.count(progress.rows())));
      }
      long rows = pages(client, target, progress);
      target.complete();
      if (output != null) {
        say("%s: %s rows".formatted(output, Words.count(rows)));
      }
    }
    return ExitCodes.DONE;
  }

  private long pages(CloudClient client, ExportTarget target, Progress begin)
      throws IOException, InterruptedException {
    Progress progress = begin;
    long told = System.nanoTime();
    boolean more = true;
    while (more) {
      String after =
          progress.after().isEmpty() ? "" : "&after=" + CloudOptions.encoded(progress.after());
      CloudClient.Text answer = page(client, progress.question() + after);
      String next = answer.headers().getOrDefault("edgeflow-next", "");
      ExportPage text = ExportPage.of(answer.body(), progress.after().isEmpty(), form == Form.LINE);
      more = !next.isEmpty();
      progress =
          new Progress(
              progress.question(), more ? next : progress.after(), progress.rows() + text.rows());
      if (more) {
        target.add(text.text(), progress);
      } else {
        // How far it got stays as it was: after a break here the last page comes once more.
        target.finish(text.text());
      }
      if (System.nanoTime() - told > EVERY) {
        told = System.nanoTime();
        say(Words.count(progress.rows()) + " rows");
      }
    }
    return progress.rows();
  }

  private CloudClient.Text page(CloudClient client, String path)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    while (true) {
      try {
        return client.text(path, PATIENCE);
      } catch (CloudBusyException busy) {
        if (System.nanoTime() - end > 0) {
          throw busy;
        }
        Thread.sleep(busy.retryAfter());
      }
    }
  }

  private ExportTarget target() throws IOException {
    Path file = output;
    return file == null
        ? new ExportTarget.Screen(spec.commandLine().getOut())
        : new ExportTarget.PartFile(file.toAbsolutePath());
  }

  private void say(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(what);
    err.flush();
  }
}
