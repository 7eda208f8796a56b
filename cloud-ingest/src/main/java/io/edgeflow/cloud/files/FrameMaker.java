package io.edgeflow.cloud.files;

import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers rows in frames, by edge and lane from 1, as an edge does. What a frame holds and which
 * number it has depends on the rows alone, so that the ledger knows a frame that comes again. Not
 * thread-safe.
 */
final class FrameMaker implements Fold.Sink {
  private static final int ROWS = 2_000;
  private static final int MOST_BYTES = 256 << 10;

  /** Takes frames in order of their numbers. */
  interface Sink {
    void frame(String edge, byte[] bytes) throws IOException, InterruptedException;
  }

  private record Queue(String edge, Lane lane) {}

  /** Of the last frame. */
  private record Count(long number, long total) {}

  private final Incarnation incarnation;
  private final long createdMicros;
  private final Sink sink;
  private final Map<Queue, Count> counts = new HashMap<>();

  /**
   * @param createdMicros since the epoch; not part of what a frame is
   */
  FrameMaker(Incarnation incarnation, long createdMicros, Sink sink) {
    this.incarnation = incarnation;
    this.createdMicros = createdMicros;
    this.sink = sink;
  }

  @Override
  public void rows(String edge, Lane lane, List<Row> rows)
      throws IOException, InterruptedException {
    for (int from = 0; from < rows.size(); from += ROWS) {
      frame(new Queue(edge, lane), rows.subList(from, Math.min(rows.size(), from + ROWS)));
    }
  }

  private void frame(Queue queue, List<Row> rows) throws IOException, InterruptedException {
    Count before = counts.getOrDefault(queue, new Count(0, 0));
    long readings = rows.stream().mapToLong(FrameMaker::readings).sum();
    Count count = new Count(before.number() + 1, before.total() + readings);
    byte[] bytes = FrameCodec.encode(frame(queue, rows, readings, count));
    if (bytes.length > MOST_BYTES && rows.size() > 1) {
      frame(queue, rows.subList(0, rows.size() / 2));
      frame(queue, rows.subList(rows.size() / 2, rows.size()));
      return;
    }
    counts.put(queue, count);
    sink.frame(queue.edge(), bytes);
  }

  private Frame frame(Queue queue, List<Row> rows, long readings, Count count) {
    Map<FileSeries, Integer> series = new LinkedHashMap<>();
    List<WindowRow> windows = new ArrayList<>();
    List<ChangeRow> changes = new ArrayList<>();
    List<RawRow> raw = new ArrayList<>();
    for (Row row : rows) {
      int index = series.computeIfAbsent(row.series(), _ -> series.size());
      switch (row) {
        case Row.Windowed windowed -> windows.add(new WindowRow(index, windowed.window()));
        case Row.Run run ->
            changes.add(
                new ChangeRow(
                    index,
                    run.firstMicros(),
                    run.lastMicros(),
                    run.count(),
                    run.number(),
                    run.text(),
                    run.quality()));
        case Row.Reading one ->
            raw.add(new RawRow(index, one.micros(), one.number(), one.text(), one.quality()));
      }
    }
    return new Frame(
        queue.edge(),
        new FrameId(incarnation, queue.lane(), count.number()),
        createdMicros,
        readings,
        count.total(),
        series.keySet().stream()
            .map(one -> new SeriesEntry(one.name(), one.kind(), one.unit()))
            .toList(),
        windows,
        changes,
        raw,
        List.of(),
        List.of());
  }

  private static long readings(Row row) {
    return switch (row) {
      case Row.Windowed windowed -> windowed.window().count();
      case Row.Run run -> run.count();
      case Row.Reading _ -> 1;
    };
  }
}
