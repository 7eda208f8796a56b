package io.edgeflow.lab.bench;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What an edge with many series sends after an outage: a frame per minute with one window of every
 * series; and the same rows as PostgreSQL's COPY takes them. Made before anything is measured.
 */
final class StoreWork {
  private static final long MINUTE = 60_000_000L;
  private static final long PG_EPOCH_MICROS = 946_684_800_000_000L;
  private static final int READINGS = 60;
  private static final int COLUMNS = 15;
  private static final int ROW_BYTES = 2 + COLUMNS * 4 + 14 * 8 + 4;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private final String edge;
  private final Incarnation incarnation;
  private final List<SeriesEntry> series;
  private final SplittableRandom random;
  private long minute;
  private long number;
  private long total;

  StoreWork(String edge, int series, long firstMinute, long seed) {
    this.edge = edge;
    this.random = new SplittableRandom(seed);
    this.incarnation = Incarnation.random(random);
    this.minute = firstMinute;
    this.series =
        IntStream.range(0, series)
            .mapToObj(i -> new SeriesEntry("plant-%05d/value".formatted(i), Kind.GAUGE, "bar"))
            .toList();
  }

  String name() {
    return edge;
  }

  int series() {
    return series.size();
  }

  /** One minute of every series. */
  List<WindowRow> minute() {
    List<WindowRow> rows = new ArrayList<>(series.size());
    for (int i = 0; i < series.size(); i++) {
      rows.add(new WindowRow(i, window(minute * MINUTE)));
    }
    minute++;
    return rows;
  }

  private Window window(long start) {
    double level = random.nextInt(10_000) / 100.0;
    double spread = random.nextInt(1, 100) / 100.0;
    return new Window(
        start,
        MINUTE,
        READINGS,
        0,
        0,
        0,
        level - spread,
        level + spread,
        level * READINGS,
        spread * spread * READINGS / 3,
        start + 250_000,
        level,
        start + 59_250_000,
        level + spread);
  }

  /** The rows as the edge sends them. */
  byte[] frame(List<WindowRow> rows) {
    long readings = (long) rows.size() * READINGS;
    total += readings;
    number++;
    return FrameCodec.encode(
        new Frame(
            edge,
            new FrameId(incarnation, Lane.WINDOW, number),
            minute * MINUTE,
            readings,
            total,
            series,
            rows,
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  /** Rows of some minutes in the order of the table's key, as a stream for {@code COPY}. */
  static byte[] copy(List<List<WindowRow>> minutes) {
    int perMinute = minutes.getFirst().size();
    ByteBuffer out =
        ByteBuffer.allocate(SIGNATURE.length + 2 + minutes.size() * perMinute * ROW_BYTES);
    out.put(SIGNATURE);
    for (int i = 0; i < perMinute; i++) {
      for (List<WindowRow> rows : minutes) {
        row(out, i + 1, rows.get(i).window());
      }
    }
    return out.putShort((short) -1).array();
  }

  private static void row(ByteBuffer out, int id, Window w) {
    out.putShort((short) COLUMNS);
    time(out, w.startMicros());
    time(out, w.firstMicros());
    time(out, w.lastMicros());
    for (long value : new long[] {w.lengthMicros(), w.count(), w.uncertain(), w.stale(), w.bad()}) {
      out.putInt(8).putLong(value);
    }
    for (double value : new double[] {w.min(), w.max(), w.first(), w.last(), w.sum(), w.m2()}) {
      out.putInt(8).putDouble(value);
    }
    out.putInt(4).putInt(id);
  }

  private static void time(ByteBuffer out, long micros) {
    out.putInt(8).putLong(micros - PG_EPOCH_MICROS);
  }

  /** The columns of {@link #copy}. */
  static final String COPY =
      "copy sample_window (time, first_time, last_time, length, count, uncertain, stale, bad,"
          + " min, max, first, last, sum, m2, series_id) from stdin (format binary)";
}
