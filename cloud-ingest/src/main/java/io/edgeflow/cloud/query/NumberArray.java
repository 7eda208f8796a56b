package io.edgeflow.cloud.query;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array of {@code float8} or {@code int8} as PostgreSQL sends it: in binary (array_send in its
 * utils/adt/arrayfuncs.c: dimensions, whether there are nulls, the type, of each dimension length
 * and lower bound, then of each element its length, -1 for null, and bytes) or as text. The
 * driver's own arrays have an object per element.
 */
final class NumberArray {
  private static final double[] NO_DOUBLES = {};
  private static final long[] NO_LONGS = {};
  private static final int OF_DIMENSION = 2 * Integer.BYTES;

  private NumberArray() {}

  /**
   * @param sent null for no array
   * @return NaN for null
   */
  static double[] doubles(byte @Nullable [] sent) {
    if (sent == null) {
      return NO_DOUBLES;
    }
    if (isText(sent)) {
      return Arrays.stream(texts(sent))
          .mapToDouble(text -> text.equals("NULL") ? Double.NaN : Double.parseDouble(text))
          .toArray();
    }
    ByteBuffer bytes = ByteBuffer.wrap(sent);
    double[] numbers = new double[length(bytes)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bytes.getInt() < 0 ? Double.NaN : bytes.getDouble();
    }
    return numbers;
  }

  /**
   * @param sent null for no array; without null elements
   */
  static long[] longs(byte @Nullable [] sent) {
    if (sent == null) {
      return NO_LONGS;
    }
    if (isText(sent)) {
      return Arrays.stream(texts(sent)).mapToLong(Long::parseLong).toArray();
    }
    ByteBuffer bytes = ByteBuffer.wrap(sent);
    long[] numbers = new long[length(bytes)];
    for (int i = 0; i < numbers.length; i++) {
      bytes.getInt();
      numbers[i] = bytes.getLong();
    }
    return numbers;
  }

  private static boolean isText(byte[] sent) {
    return sent.length > 0 && sent[0] == '{';
  }

  private static String[] texts(byte[] sent) {
    String inner = new String(sent, 1, sent.length - 2, US_ASCII);
    return inner.isEmpty() ? new String[0] : inner.split(",", -1);
  }

  /** Stands behind the header when it returns. */
  private static int length(ByteBuffer bytes) {
    int dimensions = bytes.getInt();
    if (dimensions > 1) {
      throw new IllegalArgumentException("an array of " + dimensions + " dimensions");
    }
    bytes.position(3 * Integer.BYTES);
    int length = dimensions == 0 ? 0 : bytes.getInt();
    bytes.position(3 * Integer.BYTES + dimensions * OF_DIMENSION);
    return length;
  }
}
