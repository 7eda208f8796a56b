package io.edgeflow.cloud.operator;

import io.edgeflow.cloud.files.CsvRows;
import io.edgeflow.cloud.files.FileSeries;
import io.edgeflow.cloud.files.HistoryFile;
import io.edgeflow.cloud.files.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of one file; tells of bad lines, and how far it is where that takes long. */
final class ImportReport {
  private static final int NAMED = 20;
  private static final long EVERY = Duration.ofSeconds(2).toNanos();

  private final Path file;
  private final PrintWriter err;
  private final long begun = System.nanoTime();
  private final Set<FileSeries> series = new HashSet<>();
  private @Nullable FileSeries before;
  private long told = begun;
  private long lines;
  private long rows;
  private long refused;
  private long frames;

  ImportReport(Path file, PrintWriter err) {
    this.file = file;
    this.err = err;
  }

  /**
   * @param delivery empty: nothing leaves
   */
  void run(HistoryFile history, Optional<Delivery> delivery)
      throws IOException, InterruptedException {
    HistoryFile.Sink sink =
        new HistoryFile.Sink() {
          @Override
          public void frame(String edge, byte[] bytes) throws IOException, InterruptedException {
            frames++;
            if (delivery.isPresent()) {
              delivery.get().add(edge, bytes);
            }
          }

          @Override
          public void bad(long line, String reason) {
            ImportReport.this.bad(line, reason);
          }

          @Override
          public void row(Row row) {
            ImportReport.this.row(row);
          }
        };
    try {
      lines = history.read(sink);
    } catch (CsvRows.WrongForm wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
    if (delivery.isPresent()) {
      delivery.get().flush();
      delivery.get().reasons().forEach(reason -> err.println(file + ": refused " + reason));
    }
    if (refused > NAMED) {
      err.println("%s: and %d more".formatted(file, refused - NAMED));
    }
    err.flush();
  }

  private void bad(long line, String reason) {
    if (++refused <= NAMED) {
      err.println("%s:%d: %s".formatted(file, line, reason));
    }
  }

  private void row(Row row) {
    rows++;
    if (!row.series().equals(before)) {
      before = row.series();
      series.add(before);
    }
    if ((rows & 0xFFF) == 0 && System.nanoTime() - told > EVERY) {
      told = System.nanoTime();
      err.println(
          "%s: %s values, %s/s".formatted(file, Words.count(rows), Words.count(perSecond(rows))));
      err.flush();
    }
  }

  /** Lines that were left out. */
  long refused() {
    return refused;
  }

  private long perSecond(long count) {
    return count * 1_000_000_000L / Math.max(1, System.nanoTime() - begun);
  }

  String text(Delivery delivery, boolean dryRun) {
    String head =
        "%s: %s lines, %s values of %s series, %s lines refused; "
            .formatted(
                file,
                Words.count(lines),
                Words.count(rows),
                Words.count(series.size()),
                Words.count(refused));
    String tail =
        dryRun
            ? "would be %s frames".formatted(Words.count(frames))
            : "%s frames with %s readings stored, %s were there, %s refused; %s lines/s"
                .formatted(
                    Words.count(delivery.committed()),
                    Words.count(delivery.readings()),
                    Words.count(delivery.known()),
                    Words.count(delivery.refused()),
                    Words.count(perSecond(lines)));
    return head + tail;
  }

  Map<String, Object> document(Delivery delivery) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    document.put("lines", lines);
    document.put("values", rows);
    document.put("series", series.size());
    document.put("linesRefused", refused);
    document.put("frames", frames);
    document.put("framesStored", delivery.committed());
    document.put("readingsStored", delivery.readings());
    document.put("framesKnown", delivery.known());
    document.put("framesRefused", delivery.refused());
    document.put("reasons", delivery.reasons());
    return document;
  }
}
