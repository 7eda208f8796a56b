package io.edgeflow.cloud.query;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Numbers of eight bytes one behind the other, the highest byte first, as strips keep them. */
final class PackedNumbers {
  private static final double[] NO_DOUBLES = {};
  private static final long[] NO_LONGS = {};

  private PackedNumbers() {}

  /**
   * @param packed null for none
   */
  static double[] doubles(byte @Nullable [] packed) {
    if (packed == null) {
      return NO_DOUBLES;
    }
    double[] numbers = new double[packed.length / Double.BYTES];
    ByteBuffer.wrap(packed).asDoubleBuffer().get(numbers);
    return numbers;
  }

  /**
   * @param packed null for none
   */
  static long[] longs(byte @Nullable [] packed) {
    if (packed == null) {
      return NO_LONGS;
    }
    long[] numbers = new long[packed.length / Long.BYTES];
    ByteBuffer.wrap(packed).asLongBuffer().get(numbers);
    return numbers;
  }
}
