package io.edgeflow.cloud.query;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class NumberArrayTest {
  @Test
  void readsWhatIsSentInBinary() {
    byte[] sent =
        ByteBuffer.allocate(64)
            .putInt(1)
            .putInt(1)
            .putInt(701)
            .putInt(3)
            .putInt(1)
            .putInt(8)
            .putDouble(1.5)
            .putInt(-1)
            .putInt(8)
            .putDouble(-2)
            .array();
    assertArrayEquals(new double[] {1.5, Double.NaN, -2}, NumberArray.doubles(sent));
    byte[] whole =
        ByteBuffer.allocate(32)
            .putInt(1)
            .putInt(0)
            .putInt(20)
            .putInt(1)
            .putInt(1)
            .putInt(8)
            .putLong(7)
            .array();
    assertArrayEquals(new long[] {7}, NumberArray.longs(whole));
  }

  @Test
  void readsWhatIsSentAsText() {
    assertArrayEquals(
        new double[] {1.5, Double.NaN, -2e-9}, NumberArray.doubles(text("{1.5,NULL,-2e-09}")));
    assertArrayEquals(new long[] {7, -8}, NumberArray.longs(text("{7,-8}")));
    assertArrayEquals(new long[0], NumberArray.longs(text("{}")));
  }

  @Test
  void readsNoneAsNone() {
    assertArrayEquals(new double[0], NumberArray.doubles(null));
    assertArrayEquals(new long[0], NumberArray.longs(null));
    assertArrayEquals(new double[0], NumberArray.doubles(new byte[12]));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    byte[] matrix = ByteBuffer.allocate(28).putInt(2).array();
    assertThrows(IllegalArgumentException.class, () -> NumberArray.doubles(matrix));
    byte[] cut = ByteBuffer.allocate(20).putInt(1).putInt(0).putInt(701).putInt(9).array();
    assertThrows(BufferUnderflowException.class, () -> NumberArray.doubles(cut));
  }

  private static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }
}
