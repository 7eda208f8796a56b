package io.edgeflow.wire.frame;

import java.util.Arrays;

/**
 * How the numbers and times of each series are written: the decimal places of its values, and the
 * tick that divides its times. Found by looking at all rows of a section, one byte per series.
 */
final class Shape {
  private static final long[] TICKS = {1_000_000, 1_000, 1};

  private final byte[] places;
  private final byte[] ticks;

  Shape(int series) {
    places = new byte[series];
    ticks = new byte[series];
  }

  void value(int series, double value) {
    places[series] = (byte) Decimals.places(value, places[series]);
  }

  /** More places than a value needs can be too many for it, so look again after the last one. */
  void recheck(int series, double value) {
    if (places[series] != Decimals.BINARY
        && Decimals.places(value, places[series]) != places[series]) {
      places[series] = Decimals.BINARY;
    }
  }

  void time(int series, long micros) {
    while (micros % TICKS[ticks[series]] != 0) {
      ticks[series]++;
    }
  }

  /** 0 to 9, or {@link Decimals#BINARY}. */
  int places(int series) {
    return places[series];
  }

  boolean isDecimal(int series) {
    return places[series] != Decimals.BINARY;
  }

  /** Microseconds: a second, a millisecond or one. */
  long tick(int series) {
    return TICKS[ticks[series]];
  }

  int tickClass(int series) {
    return ticks[series];
  }

  void write(ByteSink sink) {
    for (int i = 0; i < places.length; i++) {
      sink.u8(places[i] | ticks[i] << 4);
    }
  }

  static Shape read(ByteSource source, int series) throws ContentFault {
    Shape shape = new Shape(series);
    for (int i = 0; i < series; i++) {
      int code = source.u8();
      shape.places[i] = (byte) (code & 0xF);
      shape.ticks[i] = (byte) (code >> 4);
      if (shape.places[i] > Decimals.BINARY || shape.ticks[i] >= TICKS.length) {
        throw new ContentFault("a series of an unknown shape");
      }
    }
    return shape;
  }

  @Override
  public String toString() {
    return Arrays.toString(places) + Arrays.toString(ticks);
  }
}
