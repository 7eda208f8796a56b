package io.edgeflow.cloud.operator;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.cloud.files.HistoryFile;
import io.edgeflow.cloud.files.Mapping;
import io.edgeflow.cloud.files.TimeText;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.wire.frame.EdgeName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow import}. */
@Command(
    name = "edgeflow import",
    mixinStandardHelpOptions = true,
    description = {
      "Brings history from files into a running cloud.",
      "",
      "CSV has names of columns in its first line. In the long form a line is a series and a"
          + " value,",
      "in the wide form each column is a series, and an empty field is no value:",
      "",
      "  time,series,value                          time,flow,pressure",
      "  2026-01-31T06:00:00Z,pi-7/pump-7/flow,21.5   1769839200,21.5,3.1",
      "",
      "Of line protocol each field is a series: measurement/tags/field. What 'edgeflow export'"
          + " wrote is known by its first line and comes in as it was, windows and all.",
      "",
      "Readings are folded into windows of one minute, as a gateway does. A line that cannot be"
          + " read is named with its number and left out; the others come in. The same file, read"
          + " in the same way, comes in once: after a break just give the same command again. Files"
          + " that overlap are two files, and readings in both count twice.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 all is in; 1 something was refused, or the cloud cannot be asked; 2 wrong use.",
      "",
      "  edgeflow import old.csv --dry-run",
      "  edgeflow import pump7.csv --edge pi-7 --name 'pump-7/{column}' --unit bar",
      "  edgeflow import log.csv --edge pi-7 --time Zeit --tz Europe/Berlin --decimal-comma",
      "  edgeflow import influx.lp.gz --edge pi-7 --name '{host}/{measurement}/{field}'"
    })
public final class Import implements Callable<Integer> {
  private static final Duration AHEAD = Duration.ofDays(1);

  /** What a file is written in. */
  enum Form {
    AUTO,
    CSV,
    LINE
  }

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Also compressed, as NAME.gz.")
  private List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "AUTO",
      description = "csv, line, or auto: by the name, .lp and .line are line protocol.")
  private Form form = Form.AUTO;

  @Option(
      names = "--edge",
      paramLabel = "EDGE",
      defaultValue = "",
      description =
          "Whose series they are. Without it, names begin with an edge: pi-7/pump-7/flow.")
  private String edge = "";

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "Of CSV; without it time, timestamp, ts, date or datetime.")
  private String time = "";

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      defaultValue = "",
      description =
          "The column that names the series: series, if there is one. Else the form is wide.")
  private String series = "";

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "The column of values beside it: value.")
  private String value = "";

  @Option(
      names = "--quality",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "good, uncertain, stale or bad: quality, if there is one.")
  private String quality = "";

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "Of the wide form: only these.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "How series are called: {column}, {series}, {measurement}, {field} and {TAG} stand for"
              + " what the file says.")
  private String name = "";

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      defaultValue = "",
      description = "Between columns; tab for a tabulator. Without it, as the first line looks.")
  private String separator = "";

  @Option(names = "--decimal-comma", description = "Numbers are written 21,5.")
  private boolean decimalComma;

  @Option(
      names = "--time-format",
      paramLabel = "FORM",
      defaultValue = "AUTO",
      description =
          "iso, s, ms, us or ns since 1970; without it, by how it looks; of line protocol ns.")
  private TimeText.Form times = TimeText.Form.AUTO;

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Of times that name none: Europe/Berlin (default: ${DEFAULT-VALUE}).")
  private String zone = "UTC";

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      defaultValue = "",
      description = "Of all of it. Without it, the column unit, or what is known at the cloud.")
  private String unit = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "gauge, counter (a running total), state or text. Without it, the column kind.")
  private @Nullable Kind kind;

  @Option(names = "--raw", description = "Keeps single readings too, beside their windows.")
  private boolean raw;

  @Option(names = "--dry-run", description = "Reads all and says what it would do.")
  private boolean dryRun;

  @Option(
      names = "--batch",
      paramLabel = "BYTES",
      defaultValue = "524288",
      hidden = true,
      description = "How much is sent at once.")
  private int batch = 512 << 10;

  @Option(names = "--json", description = "Prints a document for each file instead of sentences.")
  private boolean json;

  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Import(), args));
  }

  @Override
  public Integer call() throws Exception {
    if (!edge.isEmpty() && !EdgeName.isValid(edge)) {
      throw wrong("--edge: '" + edge + "' is no name of an edge");
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw wrong(file + ": there is no such file");
      }
    }
    boolean whole = true;
    try (var client = cloud.open()) {
      for (Path file : files) {
        Delivery delivery = new Delivery(client, batch);
        var report = new ImportReport(file, spec.commandLine().getErr());
        HistoryFile history = history(file);
        report.run(history, dryRun ? Optional.empty() : Optional.of(delivery));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.text(report.document(delivery)) : report.text(delivery, dryRun));
        out.flush();
        whole &= report.refused() + delivery.refused() == 0;
      }
    }
    return whole ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private HistoryFile history(Path file) {
    String bare = file.getFileName().toString().replaceFirst("\\.gz$", "");
    boolean line =
        switch (form) {
          case CSV -> false;
          case LINE -> true;
          case AUTO -> bare.endsWith(".lp") || bare.endsWith(".line") || bare.endsWith(".influx");
        };
    TimeText.Form written = line && times == TimeText.Form.AUTO ? TimeText.Form.NS : times;
    long latest = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(AHEAD));
    var mapping =
        new Mapping(
            edge,
            time,
            series,
            value,
            quality,
            columns,
            name,
            separator(),
            decimalComma,
            new TimeText(written, zone(), latest),
            unit,
            kind);
    return new HistoryFile(file, mapping, line, raw);
  }

  private char separator() {
    if (separator.equalsIgnoreCase("tab") || separator.equals("\\t")) {
      return '\t';
    }
    if (separator.length() > 1) {
      throw wrong("--separator: must be one character, or tab");
    }
    return separator.isEmpty() ? 0 : separator.charAt(0);
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw wrong("--tz: '" + zone + "' is no time zone such as Europe/Berlin");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
