package io.edgeflow.wire.frame;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Steps that several sections share. */
final class Columns {
  private Columns() {}

  /** Writes each value as its difference from the one before; the first one aside. */
  static void writeDeltas(ByteSink sink, long[] values) {
    if (values.length == 0) {
      return;
    }
    sink.zigzag(values[0]);
    long[] deltas = new long[values.length - 1];
    for (int i = 1; i < values.length; i++) {
      deltas[i - 1] = values[i] - values[i - 1];
    }
    LongColumn.write(sink, deltas, new int[deltas.length]);
  }

  static long[] readDeltas(ByteSource source, int rows) throws ContentFault {
    long[] values = new long[rows];
    if (rows == 0) {
      return values;
    }
    values[0] = source.zigzag();
    long[] deltas = LongColumn.read(source, new int[rows - 1]);
    for (int i = 1; i < rows; i++) {
      values[i] = values[i - 1] + deltas[i - 1];
    }
    return values;
  }

  /** Indices of series, checked to be in the list. */
  static int[] readSeries(ByteSource source, int rows, int series) throws ContentFault {
    long[] read = readDeltas(source, rows);
    int[] indices = new int[rows];
    for (int i = 0; i < rows; i++) {
      if (read[i] < 0 || read[i] >= series) {
        throw new ContentFault("a row of a series that is not named");
      }
      indices[i] = (int) read[i];
    }
    return indices;
  }

  static int[] rows(int count, IntPredicate those) {
    return IntStream.range(0, count).filter(those).toArray();
  }

  /** What holds for the series of each row. */
  static int[] contexts(int[] rows, int[] seriesOfRow, int[] contextOfSeries) {
    return Arrays.stream(rows).map(row -> contextOfSeries[seriesOfRow[row]]).toArray();
  }
}
