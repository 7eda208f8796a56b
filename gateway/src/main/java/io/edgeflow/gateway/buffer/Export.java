package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.fetch.Moments;
import io.edgeflow.gateway.recorder.StoppedEdge;
import io.edgeflow.gateway.recorder.StoredFrame;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow buffer export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes out what waits for the cloud.",
      "",
      "Windows and changes of states, single readings, or events, as CSV or as JSON "
          + "lines. Without --all that is what the cloud has not confirmed yet: what would "
          + "be lost if this disk were. The gateway must not be at work; look at a copy if "
          + "it has to be.",
      "  edgeflow buffer export data/gateway --series 'pump-7/*' --out pump-7.csv",
      "  edgeflow buffer export data/gateway --lane event --json",
      "",
      "Readings that are in no frame yet are not written: their windows are still "
          + "open. Nothing is marked as sent; a gateway that starts here sends it all.",
      ""
    })
final class Export implements Callable<Integer> {
  @Mixin private Directory directory = new Directory();

  @Option(
      names = "--lane",
      paramLabel = "LANE",
      defaultValue = "window",
      description = "window, raw or event (default: ${DEFAULT-VALUE}).")
  private Lane lane = Lane.WINDOW;

  @Option(
      names = "--series",
      paramLabel = "PATTERN",
      description = "Only series with such a name; * is any characters. May be repeated.")
  private List<String> series = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only what begins then or later: ISO-8601, epoch milliseconds, or now-15m.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only what begins before.")
  private @Nullable String to;

  @Option(
      names = "--all",
      description = "Also what the cloud has confirmed, as far as it is still here.")
  private boolean all;

  @Option(names = "--json", description = "JSON lines instead of CSV.")
  private boolean json;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "A new file; without it, the standard output.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    RowFilter filter = filter();
    try (StoppedEdge edge = directory.openStopped();
        PrintWriter target = target()) {
      RowWriter rows = new RowWriter(target, ExportRows.columns(lane), json);
      ExportRows export = new ExportRows(filter, rows::write);
      long[] undecodable = {0};
      edge.frames(
          frame -> {
            if (wanted(frame)) {
              switch (FrameCodec.decode(frame.bytes())) {
                case Decoded.Accepted accepted -> export.add(accepted.frame(), frame.standing());
                case Decoded.Refused refused -> undecodable[0]++;
              }
            }
          });
      rows.finish();
      return told(rows, undecodable[0]);
    }
  }

  private int told(RowWriter rows, long undecodable) throws IOException {
    if (rows.failed()) {
      throw new IOException("the output could not be written to its end");
    }
    PrintWriter err = spec.commandLine().getErr();
    if (out != null) {
      err.println(rows.written() + " rows in " + out);
    }
    if (undecodable > 0) {
      err.println(undecodable + " frames cannot be decoded; buffer verify says more");
      return ExitCodes.FAILED;
    }
    return ExitCodes.DONE;
  }

  private boolean wanted(StoredFrame frame) {
    return frame.id().lane() == lane && (all || frame.standing() == StoredFrame.Standing.BUFFERED);
  }

  private RowFilter filter() {
    return new RowFilter(
        series.stream().map(Glob::parse).toList(),
        moment("--from", from, Long.MIN_VALUE),
        moment("--to", to, Long.MAX_VALUE));
  }

  private long moment(String option, @Nullable String text, long absent) {
    if (text == null) {
      return absent;
    }
    try {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      return Moments.parse(text, now, ZoneId.systemDefault());
    } catch (IllegalArgumentException broken) {
      throw new ParameterException(
          spec.commandLine(), option + " " + text + ": it " + broken.getMessage(), broken);
    }
  }

  private PrintWriter target() throws IOException {
    if (out == null) {
      return spec.commandLine().getOut();
    }
    try {
      return new PrintWriter(
          Files.newBufferedWriter(
              out,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE));
    } catch (FileAlreadyExistsException there) {
      throw new ParameterException(
          spec.commandLine(), out + " is there already; name a new file", there);
    }
  }
}
