package io.edgeflow.lab.bench;

import io.edgeflow.lab.bench.StorePlant.Sent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a row costs more the more rows are there: fills the table through the writers, and tells
 * what a row of each tenth took.
 */
final class StoreGrowth {
  /** Rows that are made before they are measured. */
  private static final int STEP = 200_000;

  private static final int TENTHS = 10;
  private static final int WARM_UP_STEPS = 3;
  static final double TARGET = 1.2;

  /** A row in the table and its key's index: a run of two million left 222 for each. */
  private static final long ROW_BYTES = 230;

  /** The server's journal, the packed programs, and what is not worth counting. */
  private static final long OTHER_BYTES = 3L << 30;

  /**
   * @param micros that a row of each tenth took
   */
  @SuppressWarnings("ArrayRecordComponent") // printed, compared by nobody
  record Result(Shape shape, long rows, double[] micros) {
    Result {
      micros = micros.clone();
    }

    /** Of the last tenth to the first. */
    double ratio() {
      return micros[micros.length - 1] / micros[0];
    }

    String asText() {
      return String.format(
          Locale.ROOT,
          """
          store: grown to %,d rows, %,d series of %d edges, %d writers
            a row of the first tenth         %10.2f us
            a row of the last tenth          %10.2f us
            ratio                            %10.2f  (target at most %.1f: %s)\
          """,
          rows,
          shape.series(),
          shape.edges(),
          shape.writers(),
          micros[0],
          micros[micros.length - 1],
          ratio(),
          TARGET,
          ratio() <= TARGET ? "reached" : "missed");
    }

    String asJson() {
      return String.format(
          Locale.ROOT,
          "{\"benchmark\":\"store-growth\",\"rows\":%d,\"series\":%d,\"edges\":%d,\"writers\":%d,"
              + "\"microsPerRow\":%s,\"ratio\":%.4f,\"target\":%.1f,\"reached\":%b}",
          rows,
          shape.series(),
          shape.edges(),
          shape.writers(),
          Arrays.toString(micros),
          ratio(),
          TARGET,
          ratio() <= TARGET);
    }
  }

  record Shape(int series, int edges, int writers) {}

  private final StoreSides sides;
  private final StorePlant plant;
  private final Shape shape;
  private final PrintWriter progress;

  StoreGrowth(StoreSides sides, StorePlant plant, Shape shape, PrintWriter progress) {
    this.sides = sides;
    this.plant = plant;
    this.shape = shape;
    this.progress = progress;
  }

  /** Bytes of disk that so many rows take. */
  static long bytes(long rows) {
    return rows * ROW_BYTES + OTHER_BYTES;
  }

  /**
   * Tells what disk it needs.
   *
   * @throws IOException if there is less
   */
  static void announce(long rows, Path home, PrintWriter progress) throws IOException {
    long free = Files.getFileStore(home).getUsableSpace();
    progress.printf(
        Locale.ROOT,
        "%,d rows take about %.1f GiB of disk, deleted in the end; %.1f GiB are free%n",
        rows,
        bytes(rows) / (double) (1L << 30),
        free / (double) (1L << 30));
    progress.flush();
    if (free < bytes(rows)) {
      throw new IOException("not enough disk for " + rows + " rows; see --dir");
    }
  }

  /** Minutes of every series that it writes. */
  static long minutes(long rows, int series) {
    int step = Math.max(1, STEP / series);
    long steps = Math.ceilDiv(Math.ceilDiv(rows, TENTHS), (long) step * series);
    return (TENTHS * steps + WARM_UP_STEPS) * step;
  }

  Result measure(long rows) throws Exception {
    for (int i = 0; i < WARM_UP_STEPS; i++) {
      step();
    }
    long perStep = (long) perStep() * shape.series();
    long steps = Math.ceilDiv(Math.ceilDiv(rows, TENTHS), perStep);
    double[] micros = new double[TENTHS];
    long begun = System.nanoTime();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      long nanos = 0;
      for (long i = 0; i < steps; i++) {
        nanos += step();
      }
      micros[tenth] = nanos / 1e3 / steps / perStep;
      tell(tenth + 1, steps * perStep, micros[tenth], System.nanoTime() - begun);
    }
    return new Result(shape, TENTHS * steps * perStep, micros);
  }

  private int perStep() {
    return Math.max(1, STEP / shape.series());
  }

  private long step() throws Exception {
    List<Sent> frames = new ArrayList<>();
    for (int i = 0; i < perStep(); i++) {
      frames.addAll(plant.frames(plant.minute()));
    }
    return sides.add(frames);
  }

  private void tell(int tenths, long rows, double micros, long nanos) {
    Duration left = Duration.ofNanos(nanos / tenths * (TENTHS - tenths));
    progress.printf(
        Locale.ROOT,
        "%,14d rows  %6.2f us a row  %,9.0f rows/s  about %d min %02d s left%n",
        tenths * rows,
        micros,
        1e6 / micros,
        left.toMinutes(),
        left.toSecondsPart());
    progress.flush();
  }
}
