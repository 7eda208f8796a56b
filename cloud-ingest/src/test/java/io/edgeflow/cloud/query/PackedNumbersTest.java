package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class PackedNumbersTest {
  @Test
  void readsWhatWasPutOneBehindTheOther() {
    byte[] doubles =
        ByteBuffer.allocate(24).putDouble(1.5).putDouble(Double.NaN).putDouble(-2e-9).array();
    assertArrayEquals(new double[] {1.5, Double.NaN, -2e-9}, PackedNumbers.doubles(doubles));
    byte[] longs = ByteBuffer.allocate(16).putLong(7).putLong(Long.MIN_VALUE).array();
    assertArrayEquals(new long[] {7, Long.MIN_VALUE}, PackedNumbers.longs(longs));
  }

  @Test
  void readsNoneAsNone() {
    assertArrayEquals(new double[0], PackedNumbers.doubles(null));
    assertArrayEquals(new long[0], PackedNumbers.longs(null));
    assertArrayEquals(new double[0], PackedNumbers.doubles(new byte[0]));
  }
}
