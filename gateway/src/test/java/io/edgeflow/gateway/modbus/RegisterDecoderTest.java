package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegisterDecoderTest {
  @ParameterizedTest
  @CsvSource({
    "INT16,  BIG_ENDIAN,   0080,     128",
    "INT16,  BIG_ENDIAN,   7FFF,     32767",
    "INT16,  BIG_ENDIAN,   8000,     -32768",
    "INT16,  BIG_ENDIAN,   FFFF,     -1",
    "UINT16, BIG_ENDIAN,   FFFF,     65535",
    "UINT16, WORD_SWAPPED, 1234,     4660",
    "INT32,  BIG_ENDIAN,   80000000, -2147483648",
    "INT32,  BIG_ENDIAN,   00018000, 98304",
    "INT32,  WORD_SWAPPED, 80000001, 98304",
    "INT32,  WORD_SWAPPED, FFFFFFFF, -1",
    "UINT32, BIG_ENDIAN,   FFFFFFFF, 4294967295",
    "UINT32, WORD_SWAPPED, 0000FFFF, 4294901760",
    "FLOAT32, BIG_ENDIAN,  42F6E666, 123.44999694824219",
    "FLOAT32, WORD_SWAPPED, E66642F6, 123.44999694824219",
    "FLOAT32, BIG_ENDIAN,  80000000, 0.0",
    "FLOAT32, BIG_ENDIAN,  7F7FFFFF, 3.4028234663852886E38",
    "FLOAT32, BIG_ENDIAN,  00000001, 1.401298464324817E-45",
    "FLOAT32, BIG_ENDIAN,  7FC00000, NaN",
    "FLOAT32, BIG_ENDIAN,  FF800000, -Infinity",
  })
  void understandsTypeAndOrder(RegisterType type, WordOrder order, String hex, double expected) {
    assertEquals(expected, decode(point(type, order, 1, 0), hex));
  }

  @Test
  void appliesScaleAndOffset() {
    assertEquals(21.5, decode(point(RegisterType.INT16, WordOrder.BIG_ENDIAN, 0.1, -40), "0267"));
  }

  @Test
  void findsAPointInsideItsBlock() {
    var point = point(RegisterType.UINT16, WordOrder.BIG_ENDIAN, 1, 0);
    var block = new RegisterBlock(RegisterTable.HOLDING, 8, 4, List.of(point));

    var registers = new Registers(bytes("0001000200030004"));

    assertEquals(3, RegisterDecoder.decode(point, block, registers));
  }

  @Test
  void aScaleThatCarriesTooFarIsNoNumber() {
    var point = point(RegisterType.FLOAT32, WordOrder.BIG_ENDIAN, Double.MAX_VALUE, 0);

    assertTrue(Double.isInfinite(decode(point, "7F7FFFFF")));
  }

  private static RegisterPoint point(
      RegisterType type, WordOrder order, double scale, double offset) {
    return new RegisterPoint("plc/x", RegisterTable.HOLDING, 10, type, order, scale, offset);
  }

  private static double decode(RegisterPoint point, String hex) {
    return RegisterDecoder.decode(
        point, BlockPlan.of(List.of(point)).getFirst(), new Registers(bytes(hex)));
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }
}
