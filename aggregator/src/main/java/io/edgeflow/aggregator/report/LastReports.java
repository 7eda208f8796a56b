package io.edgeflow.aggregator.report;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reading of every series that was reported last, and the judgement by it.
 *
 * <p>"Last" is by arrival, distances in time are by the readings' own times in either direction. So
 * a clock that is put back delays nothing. Two things are reported under every rule that reports at
 * all: another quality than the last one's; and, where values are compared, a reading from before
 * the last one and the first one after it that leads on: whoever holds a value until the next one
 * must not hold today's through an hour that arrives late.
 *
 * <p>Depends on the sequence of {@link #remember} alone. Series are small dense numbers. One thread
 * owns it.
 */
public final class LastReports {
  private static final int VERSION = 1;
  private static final int MAX_SERIES = 1 << 22;
  private static final byte NEVER = -1;

  private byte[] qualities = new byte[0];
  private long[] times = new long[0];
  private long[] newest = new long[0];
  private double[] numbers = new double[0];
  private @Nullable String[] texts = new @Nullable String[0];

  /** Judges without remembering: only what is journaled as reported is remembered. */
  public boolean isDue(
      ReportRule rule,
      int series,
      long timeMicros,
      double number,
      @Nullable String text,
      Quality quality) {
    if (rule instanceof ReportRule.None) {
      return false;
    }
    if (!has(series) || qualities[series] != quality.code()) {
      return true;
    }
    return switch (rule) {
      case ReportRule.None none -> false;
      case ReportRule.All all -> true;
      case ReportRule.Change(long silence) ->
          apart(series, timeMicros, silence) || differs(series, number, text, 0);
      case ReportRule.Deadband(double band, long silence) ->
          apart(series, timeMicros, silence) || differs(series, number, text, band);
      case ReportRule.Percent percent ->
          apart(series, timeMicros, percent.maxSilenceMicros())
              || differs(series, number, text, percent.band(numbers[series]));
      case ReportRule.Interval(long micros) -> distance(series, timeMicros) >= micros;
    };
  }

  private boolean apart(int series, long time, long silence) {
    return distance(series, time) >= silence
        || time < times[series]
        || (time > newest[series] && times[series] < newest[series]);
  }

  private long distance(int series, long time) {
    return Math.abs(time - times[series]);
  }

  private boolean differs(int series, double number, @Nullable String text, double band) {
    String last = texts[series];
    if (text != null || last != null) {
      return !(text != null && text.equals(last));
    }
    // By bits first, so that a bad reading's NaN equals the next one's.
    return Double.doubleToLongBits(number) != Double.doubleToLongBits(numbers[series])
        && !(Math.abs(number - numbers[series]) <= band);
  }

  private boolean has(int series) {
    return series < qualities.length && qualities[series] != NEVER;
  }

  /** This reading is reported. */
  public void remember(
      int series, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (series >= qualities.length) {
      grow(Math.max(64, Math.max(series + 1, qualities.length * 2)));
    }
    newest[series] = has(series) ? Math.max(newest[series], timeMicros) : timeMicros;
    times[series] = timeMicros;
    numbers[series] = number;
    texts[series] = text;
    qualities[series] = (byte) quality.code();
  }

  private void grow(int size) {
    int before = qualities.length;
    qualities = Arrays.copyOf(qualities, size);
    Arrays.fill(qualities, before, size, NEVER);
    times = Arrays.copyOf(times, size);
    newest = Arrays.copyOf(newest, size);
    numbers = Arrays.copyOf(numbers, size);
    texts = Arrays.copyOf(texts, size);
  }

  public byte[] snapshot() {
    SnapshotWriter out = new SnapshotWriter(VERSION);
    int known = 0;
    for (byte quality : qualities) {
      known += quality == NEVER ? 0 : 1;
    }
    out.number(known);
    for (int series = 0; series < qualities.length; series++) {
      if (has(series)) {
        write(out, series);
      }
    }
    return out.toBytes();
  }

  private void write(SnapshotWriter out, int series) {
    String text = texts[series];
    out.number(series).number(times[series]).number(newest[series] - times[series]);
    out.number(qualities[series]).real(numbers[series]).number(text == null ? 0 : 1);
    if (text != null) {
      out.text(text);
    }
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static LastReports restore(byte[] snapshot) {
    SnapshotReader in = new SnapshotReader("last reports", VERSION, snapshot);
    LastReports reports = new LastReports();
    int known = in.count();
    for (int i = 0; i < known; i++) {
      reports.read(in);
    }
    in.end();
    return reports;
  }

  private void read(SnapshotReader in) {
    int series = in.number(MAX_SERIES);
    long time = in.number();
    long ahead = in.number();
    Quality quality = Quality.ofCode(in.number(Quality.values().length - 1));
    double number = in.real();
    remember(series, time, number, in.number(1) == 1 ? in.text() : null, quality);
    newest[series] = time + ahead;
  }
}
