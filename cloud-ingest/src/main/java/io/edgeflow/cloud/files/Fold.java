package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.WindowFold;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes windows and runs of readings, in bounded memory: of so many rows at a time, whatever the
 * order of the file; windows of one stretch that come in several pieces are merged by the cloud.
 * The same rows always make the same pieces, so that the same file makes the same frames. Not
 * thread-safe.
 */
public final class Fold {
  static final long LENGTH = 60_000_000L;

  /** Rows that wait; some 10 MB. */
  private static final int MOST = 20_000;

  private static final Comparator<Row> ORDER =
      Comparator.<Row, String>comparing(row -> row.series().name())
          .thenComparing(row -> row.series().kind())
          .thenComparing(row -> row.series().unit())
          .thenComparingLong(Fold::micros);

  /** Takes rows that belong together, in order. */
  interface Sink {
    void rows(String edge, Lane lane, List<Row> rows) throws IOException, InterruptedException;
  }

  private record Key(FileSeries series, long start) {}

  private final boolean raw;
  private final Sink sink;
  private final Map<Key, WindowFold> folds = new HashMap<>();
  private final Map<FileSeries, Row.Run> open = new LinkedHashMap<>();
  private final List<Row> done = new ArrayList<>();
  private final List<Row> readings = new ArrayList<>();
  private @Nullable Key lastKey;
  private @Nullable WindowFold lastFold;

  /**
   * @param raw whether readings are kept as such too
   */
  Fold(boolean raw, Sink sink) {
    this.raw = raw;
    this.sink = sink;
  }

  void add(Row row) throws IOException, InterruptedException {
    switch (row) {
      case Row.Reading reading -> reading(reading);
      case Row.Windowed _, Row.Run _ -> done.add(row);
    }
    if (folds.size() + open.size() + done.size() + readings.size() >= MOST) {
      flush();
    }
  }

  private void reading(Row.Reading reading) {
    if (raw) {
      readings.add(reading);
    }
    if (reading.series().kind().windowed()) {
      long start = Math.floorDiv(reading.micros(), LENGTH) * LENGTH;
      fold(reading.series(), start).add(reading.micros(), reading.number(), reading.quality());
    } else {
      run(reading);
    }
  }

  /** Lines of one series and minute mostly follow each other. */
  private WindowFold fold(FileSeries series, long start) {
    Key last = lastKey;
    WindowFold fold = lastFold;
    if (last == null || fold == null || last.start() != start || !last.series().equals(series)) {
      last = new Key(series, start);
      fold = folds.computeIfAbsent(last, key -> new WindowFold(key.start(), LENGTH));
      lastKey = last;
      lastFold = fold;
    }
    return fold;
  }

  private void run(Row.Reading reading) {
    Row.Run before = open.get(reading.series());
    boolean same =
        before != null
            && before.lastMicros() <= reading.micros()
            && before.quality() == reading.quality()
            && Double.compare(before.number(), reading.number()) == 0
            && java.util.Objects.equals(before.text(), reading.text());
    if (before != null && !same) {
      done.add(before);
    }
    open.put(
        reading.series(),
        new Row.Run(
            reading.series(),
            before != null && same ? before.firstMicros() : reading.micros(),
            reading.micros(),
            before != null && same ? before.count() + 1 : 1,
            reading.number(),
            reading.text(),
            reading.quality()));
  }

  /** Hands on all that waits. */
  void flush() throws IOException, InterruptedException {
    folds.forEach((key, fold) -> done.add(new Row.Windowed(key.series(), fold.window())));
    done.addAll(open.values());
    hand(Lane.WINDOW, done);
    hand(Lane.RAW, readings);
    folds.clear();
    open.clear();
    lastKey = null;
    lastFold = null;
  }

  private void hand(Lane lane, List<Row> rows) throws IOException, InterruptedException {
    Map<String, List<Row>> edges = new TreeMap<>();
    for (Row row : rows) {
      edges.computeIfAbsent(row.series().edge(), _ -> new ArrayList<>()).add(row);
    }
    rows.clear();
    for (Map.Entry<String, List<Row>> edge : edges.entrySet()) {
      edge.getValue().sort(ORDER);
      sink.rows(edge.getKey(), lane, edge.getValue());
    }
  }

  private static long micros(Row row) {
    return switch (row) {
      case Row.Reading reading -> reading.micros();
      case Row.Windowed(FileSeries _, Window window) -> window.startMicros();
      case Row.Run run -> run.firstMicros();
    };
  }
}
