package io.edgeflow.lab.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Windows of a minute as PostgreSQL's COPY takes them: walks with a daily swing. */
final class QueryRows {
  private static final long PG_EPOCH_MICROS = 946_684_800_000_000L;
  private static final int COLUMNS = 15;
  private static final int ROW_BYTES = 2 + COLUMNS * 4 + 14 * 8 + 4;
  private static final long MINUTE = 60_000_000L;
  private static final int READINGS = 60;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private final SplittableRandom random;
  private final double[] levels;

  QueryRows(int series, long seed) {
    random = new SplittableRandom(seed);
    levels = random.doubles(series, 10, 90).toArray();
  }

  /** Before the first row. */
  static byte[] begin() {
    return SIGNATURE.clone();
  }

  /** Behind the last row. */
  static byte[] end() {
    return ByteBuffer.allocate(2).putShort((short) -1).array();
  }

  /** A row of every series. */
  byte[] minute(long start) {
    ByteBuffer out = ByteBuffer.allocate(levels.length * ROW_BYTES);
    for (int i = 0; i < levels.length; i++) {
      levels[i] += random.nextDouble(-0.5, 0.5);
      row(out, i + 1, start, levels[i], random.nextDouble(0.1, 1));
    }
    return out.array();
  }

  private static void row(ByteBuffer out, int id, long start, double level, double spread) {
    out.putShort((short) COLUMNS);
    time(out, start);
    time(out, start + 250_000);
    time(out, start + 59_250_000);
    for (long value : new long[] {MINUTE, READINGS, 0, 0, 0}) {
      out.putInt(8).putLong(value);
    }
    double m2 = spread * spread * READINGS / 3;
    for (double value :
        new double[] {
          level - spread, level + spread, level, level + spread / 2, level * READINGS, m2
        }) {
      out.putInt(8).putDouble(value);
    }
    out.putInt(4).putInt(id);
  }

  private static void time(ByteBuffer out, long micros) {
    out.putInt(8).putLong(micros - PG_EPOCH_MICROS);
  }
}
