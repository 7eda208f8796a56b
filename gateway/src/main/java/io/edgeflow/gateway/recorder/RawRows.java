package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Quality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Single readings that wait for a frame, oldest first, in columns that are used again. Owned by one
 * thread at a time.
 */
final class RawRows {
  private static final int FIRST_ROOM = 256;

  private int[] series = new int[FIRST_ROOM];
  private long[] micros = new long[FIRST_ROOM];
  private double[] numbers = new double[FIRST_ROOM];
  private @Nullable String[] texts = new @Nullable String[FIRST_ROOM];
  private byte[] qualities = new byte[FIRST_ROOM];
  private int from;
  private int to;
  private long textChars;

  void add(int ofSeries, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (to == series.length) {
      makeRoom();
    }
    series[to] = ofSeries;
    micros[to] = timeMicros;
    numbers[to] = number;
    texts[to] = text;
    qualities[to] = (byte) quality.code();
    textChars += text == null ? 0 : text.length();
    to++;
  }

  int size() {
    return to - from;
  }

  boolean isEmpty() {
    return to == from;
  }

  /** Characters of all texts together. */
  long textChars() {
    return textChars;
  }

  int series(int row) {
    return series[from + row];
  }

  long micros(int row) {
    return micros[from + row];
  }

  double number(int row) {
    return numbers[from + row];
  }

  @Nullable String text(int row) {
    return texts[from + row];
  }

  Quality quality(int row) {
    return Quality.ofCode(qualities[from + row]);
  }

  /** The oldest rows were numbered. */
  void drop(int count) {
    if (count > size()) {
      throw new IllegalStateException(size() + " rows, " + count + " cannot be dropped");
    }
    for (int row = from; row < from + count; row++) {
      String text = texts[row];
      textChars -= text == null ? 0 : text.length();
      texts[row] = null;
    }
    from += count;
    if (from == to) {
      from = 0;
      to = 0;
    }
  }

  private void makeRoom() {
    int size = size();
    int room = 2 * size > series.length ? 2 * series.length : series.length;
    series = Arrays.copyOf(Arrays.copyOfRange(series, from, to), room);
    micros = Arrays.copyOf(Arrays.copyOfRange(micros, from, to), room);
    numbers = Arrays.copyOf(Arrays.copyOfRange(numbers, from, to), room);
    texts = Arrays.copyOf(Arrays.copyOfRange(texts, from, to), room);
    qualities = Arrays.copyOf(Arrays.copyOfRange(qualities, from, to), room);
    from = 0;
    to = size;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size());
    for (int row = 0; row < size(); row++) {
      String text = text(row);
      out.writeInt(series(row));
      out.writeLong(micros(row));
      out.writeDouble(number(row));
      out.writeByte(qualities[from + row]);
      out.writeBoolean(text != null);
      if (text != null) {
        out.writeUTF(text);
      }
    }
  }

  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      int ofSeries = in.readInt();
      long time = in.readLong();
      double number = in.readDouble();
      Quality quality = Quality.ofCode(in.readByte());
      add(ofSeries, time, number, in.readBoolean() ? in.readUTF() : null, quality);
    }
  }
}
