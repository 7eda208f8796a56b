package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Quality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The newest reading of every series by event time. Owned by the owner thread. */
final class LatestValues {
  private static final long NEVER = Long.MIN_VALUE;

  private long[] timeMicros = new long[0];
  private double[] numbers = new double[0];

  /** Of the newest reading that was not stale. */
  private long[] knownMicros = new long[0];

  private byte[] qualities = new byte[0];
  private @Nullable String[] texts = new @Nullable String[0];

  void set(int series, long time, double number, @Nullable String text, Quality quality) {
    if (series >= timeMicros.length) {
      grow(Math.max(64, Math.max(series + 1, timeMicros.length * 2)));
    }
    if (time >= timeMicros[series]) {
      timeMicros[series] = time;
      numbers[series] = number;
      texts[series] = text;
      qualities[series] = (byte) quality.code();
      if (quality != Quality.STALE || knownMicros[series] == NEVER) {
        knownMicros[series] = time;
      }
    }
  }

  boolean has(int series) {
    return series < timeMicros.length && timeMicros[series] != NEVER;
  }

  long timeMicros(int series) {
    return timeMicros[series];
  }

  /** When its value was true last: before {@link #timeMicros} where that only repeats it. */
  long knownMicros(int series) {
    return knownMicros[series];
  }

  double number(int series) {
    return numbers[series];
  }

  @Nullable String text(int series) {
    return texts[series];
  }

  Quality quality(int series) {
    return Quality.ofCode(qualities[series]);
  }

  private void grow(int size) {
    int before = timeMicros.length;
    timeMicros = Arrays.copyOf(timeMicros, size);
    Arrays.fill(timeMicros, before, size, NEVER);
    knownMicros = Arrays.copyOf(knownMicros, size);
    Arrays.fill(knownMicros, before, size, NEVER);
    numbers = Arrays.copyOf(numbers, size);
    qualities = Arrays.copyOf(qualities, size);
    texts = Arrays.copyOf(texts, size);
  }

  void write(DataOutput out) throws IOException {
    int known = 0;
    for (int series = 0; series < timeMicros.length; series++) {
      known += has(series) ? 1 : 0;
    }
    out.writeInt(known);
    for (int series = 0; series < timeMicros.length; series++) {
      if (has(series)) {
        write(out, series);
      }
    }
  }

  private void write(DataOutput out, int series) throws IOException {
    out.writeInt(series);
    out.writeLong(timeMicros[series]);
    out.writeDouble(numbers[series]);
    String text = texts[series];
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
    out.writeByte(qualities[series]);
    if (quality(series) == Quality.STALE) {
      out.writeLong(knownMicros[series]);
    }
  }

  /**
   * @param sinceWhen whether it says of stale values when they were true last
   */
  void read(DataInput in, boolean sinceWhen) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      int series = in.readInt();
      long time = in.readLong();
      double number = in.readDouble();
      String text = in.readBoolean() ? in.readUTF() : null;
      Quality quality = Quality.ofCode(in.readByte());
      set(series, time, number, text, quality);
      if (sinceWhen && quality == Quality.STALE) {
        knownMicros[series] = in.readLong();
      }
    }
  }
}
