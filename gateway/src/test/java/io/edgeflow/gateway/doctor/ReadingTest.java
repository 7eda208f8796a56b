package io.edgeflow.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.Registers;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadingTest {
  @ParameterizedTest
  @CsvSource({
    "41ca0000,         FLOAT32, ABCD, 25.25,                true",
    "000041ca,         FLOAT32, CDAB, 25.25,                true",
    "ca410000,         FLOAT32, BADC, 25.25,                true",
    "0000ca41,         FLOAT32, DCBA, 25.25,                true",
    "7fc00000,         FLOAT32, ABCD, NaN,                  false",
    "7f800000,         FLOAT32, ABCD, Infinity,             false",
    "00000000,         FLOAT32, ABCD, 0.0,                  false",
    "00000001,         FLOAT32, ABCD, 1.4E-45,              false",
    "fffffffe,         INT32,   ABCD, -2,                   true",
    "fffffffe,         UINT32,  ABCD, 4294967294,           false",
    "00020001,         INT32,   CDAB, 65538,                true",
    "fffffffffffffffe, UINT64,  ABCD, 18446744073709551614, false",
    "fffffffffffffffe, INT64,   ABCD, -2,                   true",
    "0004000300020001, INT64,   CDAB, 281483566841860,      false",
    "4039400000000000, FLOAT64, ABCD, 25.25,                true",
    "0000000000004039, FLOAT64, CDAB, 25.0,                 true",
    "fffe,             INT16,   ABCD, -2,                   false",
    "fffe,             UINT16,  ABCD, 65534,                false",
  })
  void tellsTheExactValueAndWhetherAPlantCouldMeanIt(
      String hex, RegisterType type, RegisterOrder order, String text, boolean plausible) {
    Reading reading = Reading.of(type, order, registers(hex), 100, 100);
    assertEquals(text, reading.text());
    assertEquals(plausible, reading.plausible());
  }

  @Test
  void beginsAtItsAddress() {
    Registers registers = registers("0000" + "41ca0000");
    assertEquals(
        "25.25", Reading.of(RegisterType.FLOAT32, RegisterOrder.ABCD, registers, 9, 10).text());
  }

  @Test
  void findsTheWayInWhichAllOfARangeMakesSense() {
    ByteBuffer floats = ByteBuffer.allocate(16);
    for (float value : new float[] {21.5f, -3.2f, 0, 1013.25f}) {
      int bits = Float.floatToIntBits(value);
      floats.putInt(Integer.rotateLeft(bits, 16));
    }
    Guess best = Guess.of(new Registers(floats.array()), 40).getFirst();
    assertEquals(new Guess(RegisterType.FLOAT32, RegisterOrder.CDAB, 4, 3), best);
  }

  @Test
  void findsNoneInSmallNumbersSideBySide() {
    assertEquals(List.of(), Guess.of(registers("00c8012c00fa0190"), 0));
  }

  @Test
  void tellsNothingOfZeros() {
    assertEquals(List.of(), Guess.of(registers("0000000000000000"), 0));
    String said = new ReadText(RegisterTable.HOLDING, 0, registers("00000000")).text(List.of());
    assertTrue(said.contains("all are 0, of which nothing can be told"), said);
    assertFalse(said.contains("*"), said);
  }

  private static Registers registers(String hex) {
    return new Registers(HexFormat.of().parseHex(hex));
  }
}
