package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Quality;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns that changes and raw readings share: series, time, number or text, quality. */
final class Points {
  private static final int SECOND = 1_000_000;
  private static final int MAX_TEXT_BYTES = 3 * FrameLimits.MAX_TEXT_CHARS;

  int[] series;
  final long[] micros;
  final double[] number;
  final @Nullable String[] text;
  final Quality[] quality;

  Points(int rows) {
    series = new int[rows];
    micros = new long[rows];
    number = new double[rows];
    text = new @Nullable String[rows];
    quality = new Quality[rows];
  }

  void set(
      int row, int ofSeries, long time, double value, @Nullable String words, Quality trusted) {
    series[row] = ofSeries;
    micros[row] = time;
    number[row] = value;
    text[row] = words;
    quality[row] = trusted;
  }

  void write(ByteSink sink, List<SeriesEntry> entries) {
    Shape shape = shape(entries.size());
    long[] indices = new long[rows()];
    long[] qualities = new long[rows()];
    for (int i = 0; i < rows(); i++) {
      indices[i] = series[i];
      qualities[i] = quality[i].code();
    }
    Columns.writeDeltas(sink, indices);
    LongColumn.write(sink, qualities, new int[rows()]);
    shape.write(sink);
    writeTimes(sink, shape);
    new PointNumbers(this, shape, SeriesSection.contexts(entries)).write(sink);
    PointTexts.write(sink, text);
  }

  void read(ByteSource source, List<SeriesEntry> entries) throws ContentFault {
    series = Columns.readSeries(source, rows(), entries.size());
    long[] qualities = LongColumn.read(source, new int[rows()]);
    for (int i = 0; i < rows(); i++) {
      quality[i] = Quality.ofCode(Math.clamp(qualities[i], -1, Byte.MAX_VALUE));
    }
    Shape shape = Shape.read(source, entries.size());
    readTimes(source, shape);
    new PointNumbers(this, shape, SeriesSection.contexts(entries)).read(source);
    PointTexts.read(source, text, MAX_TEXT_BYTES);
  }

  int rows() {
    return micros.length;
  }

  private Shape shape(int count) {
    Shape shape = new Shape(count);
    for (int i = 0; i < rows(); i++) {
      shape.value(series[i], number[i]);
      shape.time(series[i], micros[i]);
    }
    for (int i = 0; i < rows(); i++) {
      shape.recheck(series[i], number[i]);
    }
    return shape;
  }

  /** Each time from the one before of its series, the first from the first of all. */
  private void writeTimes(ByteSink sink, Shape shape) {
    long base = Math.floorDiv(micros[0], SECOND);
    sink.zigzag(base);
    long[] before = firstTimes(base);
    long[] ticks = new long[rows()];
    int[] contexts = new int[rows()];
    for (int i = 0; i < rows(); i++) {
      ticks[i] = (micros[i] - before[series[i]]) / shape.tick(series[i]);
      contexts[i] = shape.tickClass(series[i]);
      before[series[i]] = micros[i];
    }
    LongColumn.write(sink, ticks, contexts);
  }

  private void readTimes(ByteSource source, Shape shape) throws ContentFault {
    long[] before = firstTimes(source.zigzag());
    int[] contexts = new int[rows()];
    for (int i = 0; i < rows(); i++) {
      contexts[i] = shape.tickClass(series[i]);
    }
    long[] ticks = LongColumn.read(source, contexts);
    for (int i = 0; i < rows(); i++) {
      micros[i] = before[series[i]] + ticks[i] * shape.tick(series[i]);
      before[series[i]] = micros[i];
    }
  }

  private long[] firstTimes(long baseSeconds) {
    int highest = 0;
    for (int one : series) {
      highest = Math.max(highest, one);
    }
    long[] times = new long[highest + 1];
    Arrays.fill(times, baseSeconds * SECOND);
    return times;
  }
}
