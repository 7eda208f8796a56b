package io.edgeflow.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.modbus.ModbusBus;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.PlanLimits;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinePlanTest {
  private static final Endpoint EVEN =
      new Endpoint.Serial("/dev/ttyUSB0", 9_600, Endpoint.Parity.EVEN, 1);

  /** By hand: 8 and 25 bytes, and twice 3.5 characters, of 11 bits, at 9600 baud; and 10 ms. */
  @Test
  void reckonsARequestAsASerialLineSendsIt() {
    WireTime time = WireTime.of(EVEN, 0, Duration.ofMillis(10));
    RegisterBlock ten = block(RegisterTable.HOLDING, 10);
    assertEquals(8, time.requestBytes());
    assertEquals(25, time.answerBytes(ten));
    assertEquals((33 + 7) * 11 / 9_600.0 + 0.010, time.nanos(ten) / 1e9, 1e-6);
    assertEquals(5 + 3, time.answerBytes(block(RegisterTable.COIL, 17)));
  }

  @Test
  void keepsTheSilenceOfFastLines() {
    var fast = new Endpoint.Serial("/dev/ttyUSB0", 115_200, Endpoint.Parity.NONE, 1);
    WireTime time = WireTime.of(fast, 0, Duration.ZERO);
    assertEquals(
        33 * 10 / 115_200.0 + 2 * 0.00175, time.nanos(block(RegisterTable.INPUT, 10)) / 1e9, 1e-6);
  }

  @Test
  void takesTheRoundTripOverTcp() {
    WireTime time = WireTime.of(new Endpoint.Tcp("a", 502), 9_600, Duration.ofMillis(7));
    RegisterBlock ten = block(RegisterTable.HOLDING, 10);
    assertEquals(12, time.requestBytes());
    assertEquals(29, time.answerBytes(ten));
    assertEquals(7_000_000, time.nanos(ten));
  }

  @Test
  void saysWhatToChangeOnALineThatIsAskedForTooMuch() {
    // Ten units of 50 floats, each two registers: 8 + 205 bytes each, 262 ms with 10 ms to think.
    LinePlan plan = plan(EVEN, 10, 50, Duration.ofSeconds(1));
    assertEquals(10, plan.requests());
    assertEquals(10 * ((213 + 7) * 11 / 9_600.0 + 0.010), plan.load(), 1e-3);
    assertTrue(plan.isOverbooked());
    String said = PlanText.of(List.of(plan));
    says(said, "needs 2.62 s of a 1s cycle (262 %): OVER-BOOKED");
    says(said, "interval: 5s instead of 1s takes 52 % of the line");
    says(said, "38400 baud, if all devices can: 75 % of the line");
    assertFalse(said.contains("takes the most"), said);
    says(
        said,
        "a unit that falls silent holds the others up for 1.00 s now and then (timeout 500ms, 1"
            + " retried)");
    says(said, "unit-3, unit 3, every 1s: 1 request, 262 ms");
    says(said, "holding 0 to 99          100 registers, 50 points, 8 + 205 bytes, 262 ms");
  }

  @Test
  void isContentWithALineThatHasTheTime() {
    LinePlan plan = plan(EVEN, 3, 50, Duration.ofSeconds(1));
    String said = PlanText.of(List.of(plan));
    says(said, "needs 786 ms of a 1s cycle (79 %)");
    assertFalse(plan.isOverbooked());
    assertEquals(List.of(), PlanAdvice.of(plan));
  }

  @Test
  void advisesToReadAlongWhatLiesBetween() {
    List<RegisterPoint> apart = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      apart.add(point("p" + i, 12 * i));
    }
    var device = new ModbusDevice("unit-1", 1, Duration.ofMillis(100), PlanLimits.USUAL, apart);
    LinePlan plan = LinePlan.of(line(EVEN, List.of(device)), time());
    assertEquals(5, plan.requests());
    String advice = String.join("\n", PlanAdvice.of(plan));
    says(advice, "gap: 16 reads what lies between along: 1 request instead of 5");
  }

  @Test
  void namesTheUnitThatTakesTheMost() {
    List<ModbusDevice> devices =
        List.of(
            device(1, 50, Duration.ofMillis(300)),
            device(2, 5, Duration.ofSeconds(1)),
            device(3, 5, Duration.ofSeconds(1)));
    LinePlan plan = LinePlan.of(line(EVEN, devices), time());
    String said = PlanText.of(List.of(plan));
    says(said, "needs 99 % of the line's time: nearly full");
    says(said, "intervals that are 1.2 times as long");
    says(said, "unit-1 takes the most, 87 %: another line, or fewer of its points");
  }

  private static void says(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  private static WireTime time() {
    return WireTime.of(EVEN, 0, Duration.ofMillis(10));
  }

  private static LinePlan plan(Endpoint endpoint, int units, int floats, Duration interval) {
    List<ModbusDevice> devices = new ArrayList<>();
    for (int unit = 1; unit <= units; unit++) {
      devices.add(device(unit, floats, interval));
    }
    return LinePlan.of(line(endpoint, devices), time());
  }

  private static ModbusDevice device(int unit, int floats, Duration interval) {
    List<RegisterPoint> points = new ArrayList<>();
    for (int i = 0; i < floats; i++) {
      points.add(point("unit-" + unit + "/p" + i, 2 * i));
    }
    return new ModbusDevice("unit-" + unit, unit, interval, PlanLimits.USUAL, points);
  }

  private static ConfiguredLine line(Endpoint endpoint, List<ModbusDevice> devices) {
    var settings = new LineSettings(endpoint, Duration.ofMillis(500));
    return new ConfiguredLine(
        settings, 9_600, new ModbusBus("bus", Duration.ofMillis(500), 1, devices));
  }

  private static RegisterPoint point(String series, int address) {
    return new RegisterPoint(
        series, RegisterTable.HOLDING, address, RegisterType.FLOAT32, RegisterOrder.ABCD, 1, 0);
  }

  private static RegisterBlock block(RegisterTable table, int count) {
    return new RegisterBlock(table, 0, count, List.of());
  }
}
