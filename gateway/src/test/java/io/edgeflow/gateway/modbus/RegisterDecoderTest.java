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
    "INT16,  ABCD, 0080,     128",
    "INT16,  ABCD, 7FFF,     32767",
    "INT16,  ABCD, 8000,     -32768",
    "INT16,  ABCD, FFFF,     -1",
    "UINT16, ABCD, FFFF,     65535",
    "UINT16, CDAB, 1234,     4660",
    "INT32,  ABCD, 80000000, -2147483648",
    "INT32,  ABCD, 00018000, 98304",
    "INT32,  CDAB, 80000001, 98304",
    "INT32,  CDAB, FFFFFFFF, -1",
    "UINT32, ABCD, FFFFFFFF, 4294967295",
    "UINT32, CDAB, 0000FFFF, 4294901760",
    "FLOAT32, ABCD, 42F6E666, 123.44999694824219",
    "FLOAT32, CDAB, E66642F6, 123.44999694824219",
    "FLOAT32, ABCD, 80000000, 0.0",
    "FLOAT32, ABCD, 7F7FFFFF, 3.4028234663852886E38",
    "FLOAT32, ABCD, 00000001, 1.401298464324817E-45",
    "FLOAT32, ABCD, 7FC00000, NaN",
    "FLOAT32, ABCD, FF800000, -Infinity",
    "FLOAT32, BADC, F64266E6, 123.44999694824219",
    "FLOAT32, DCBA, 66E6F642, 123.44999694824219",
    "UINT16,  BADC, 3412, 4660",
    "INT64,   ABCD, FFFFFFFFFFFFFFFE, -2",
    "INT64,   CDAB, CDEF89AB45670123, 81985529216486895",
    "INT64,   BADC, 23016745AB89EFCD, 81985529216486895",
    "INT64,   DCBA, EFCDAB8967452301, 81985529216486895",
    "UINT64,  ABCD, FFFFFFFFFFFFF800, 18446744073709549568",
    "UINT64,  ABCD, 8000000000000401, 9223372036854777856",
    "FLOAT64, ABCD, 405EDCCCCCCCCCCD, 123.45",
    "FLOAT64, CDAB, CCCDCCCCDCCC405E, 123.45",
    "FLOAT64, ABCD, 7FF8000000000000, NaN",
  })
  void understandsTypeAndOrder(
      RegisterType type, RegisterOrder order, String hex, double expected) {
    assertEquals(expected, decode(point(type, order, 1, 0), hex));
  }

  @Test
  void appliesScaleAndOffset() {
    assertEquals(21.5, decode(point(RegisterType.INT16, RegisterOrder.ABCD, 0.1, -40), "0267"));
  }

  @Test
  void findsAPointInsideItsBlock() {
    var point = point(RegisterType.UINT16, RegisterOrder.ABCD, 1, 0);
    var block = new RegisterBlock(RegisterTable.HOLDING, 8, 4, List.of(point));

    var registers = new Registers(bytes("0001000200030004"));

    assertEquals(3, RegisterDecoder.decode(point, block, registers));
  }

  @Test
  void aScaleThatCarriesTooFarIsNoNumber() {
    var point = point(RegisterType.FLOAT32, RegisterOrder.ABCD, Double.MAX_VALUE, 0);

    assertTrue(Double.isInfinite(decode(point, "7F7FFFFF")));
  }

  private static RegisterPoint point(
      RegisterType type, RegisterOrder order, double scale, double offset) {
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
