package io.edgeflow.gateway.setpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.RegisterWrite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SetPointTest {
  /** In tens, from 22 to 27: 24 is nearest to 20, and 26 to 30. */
  @ParameterizedTest
  @CsvSource({"22", "24", "25.1", "26", "27"})
  void whatIsRoundedDoesNotLeaveItsBounds(double value) {
    var tens = new SetPoint("plc", at(RegisterType.UINT16, 10), 22, 27);

    assertThrows(IllegalArgumentException.class, () -> tens.write(value));
  }

  @ParameterizedTest
  @CsvSource({"21.5, 0.1, 215", "0.3, 0.1, 3", "24, 10, 2", "4294967.295, 0.001, 4294967295"})
  void theEndsOfItsBoundsCanBeWritten(double value, double scale, long raw) {
    var point = new SetPoint("plc", at(RegisterType.UINT32, scale), 0, value);

    assertEquals(
        new RegisterWrite.Holding(40, List.of((int) (raw >> 16), (int) (raw & 0xFFFF))),
        point.write(value));
  }

  @Test
  void aTruthIsNothingBetween() {
    var point = new SetPoint("plc", at(RegisterType.BOOL, 1), Double.NEGATIVE_INFINITY, 1e9);

    assertEquals(new RegisterWrite.Holding(40, List.of(1)), point.write(1));
    for (double none : new double[] {0.4, 1.4, -0.2, 2}) {
      assertThrows(IllegalArgumentException.class, () -> point.write(none), () -> "" + none);
    }
  }

  private static RegisterPoint at(RegisterType type, double scale) {
    return new RegisterPoint(
        "plc/speed", RegisterTable.HOLDING, 40, type, RegisterOrder.ABCD, scale, 0);
  }
}
