package io.edgeflow.gateway.space;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Window frames as an edge numbers them, one after the other. */
final class Originals {
  static final long MINUTE = 60_000_000;
  static final long START = 1_763_672_400_000_000L;

  private final Incarnation incarnation;
  private final Random random;
  private long number;
  private long total;

  Originals(Incarnation incarnation, Random random) {
    this.incarnation = incarnation;
    this.random = random;
  }

  /** A frame with one window of each of these series, in the n-th stretch of that length. */
  Frame next(List<String> names, long lengthMicros, long n) {
    List<SeriesEntry> series = new ArrayList<>();
    List<WindowRow> rows = new ArrayList<>();
    long readings = 0;
    for (String name : names) {
      Window window = window(lengthMicros, START + n * lengthMicros);
      rows.add(new WindowRow(series.size(), window));
      series.add(new SeriesEntry(name, Kind.GAUGE, ""));
      readings += window.count();
    }
    total += readings;
    number++;
    return new Frame(
        "pi-7",
        new FrameId(incarnation, Lane.WINDOW, number),
        START + (n + 1) * lengthMicros,
        readings,
        total,
        series,
        rows,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private Window window(long lengthMicros, long startMicros) {
    Windower windower = new Windower(new WindowRule(lengthMicros, 0));
    int readings = 1 + random.nextInt(5);
    for (int i = 0; i < readings; i++) {
      long time = startMicros + random.nextLong(lengthMicros);
      Quality quality = Quality.ofCode(random.nextInt(4));
      windower.fold(0, time, random.nextInt(1000) / 8.0, quality, 0);
    }
    return windower.take(0, startMicros);
  }
}
