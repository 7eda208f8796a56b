package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.modbus.BlockPlan;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterDecoder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.WriteResult;
import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlantSlaveTest {
  private static final long NOW = 1_763_672_400_000_000L;

  @Test
  void aGatewayReadsWhatTheSignalsSay() throws Exception {
    var layout = PlantLayout.of(3, 0, Duration.ofMinutes(5));
    List<SlavePoint> points = layout.slaves();
    try (PlantSlave slave = PlantSlave.start(0, layout, () -> NOW)) {
      Map<String, Double> read = new HashMap<>();
      read.putAll(read(slave.port(), points, 1));
      read.putAll(read(slave.port(), points, 2));

      assertEquals(points.size(), read.size());
      for (SlavePoint point : points) {
        String series = point.at().series();
        double tolerance = point.at().scale() == 1 ? 1e-4 : point.at().scale();
        assertEquals(point.signal().at(NOW), read.getOrDefault(series, -1e9), tolerance, series);
      }
    }
  }

  @Test
  void aCoilSlowsItsPumpDownAndReadsBack() throws Exception {
    var layout = PlantLayout.of(3, 2, FaultPlan.none());
    DrivenPump second = layout.pumps().get(1);
    List<RegisterPoint> points =
        layout.slaves().stream()
            .filter(p -> p.unitId() == DrivenPump.CONTROLLER_UNIT)
            .map(SlavePoint::at)
            .toList();
    long[] now = {NOW};
    try (PlantSlave slave = PlantSlave.start(0, layout, () -> now[0]);
        var source = line(slave.port())) {
      int unit = DrivenPump.CONTROLLER_UNIT;
      source.read(unit, BlockPlan.of(points).getFirst());
      assertEquals(
          new WriteResult.Written("true"),
          source.write(unit, new RegisterWrite.Coil(2, true), true));
      assertTrue(second.drive().isSlow());
      assertFalse(layout.pumps().getFirst().drive().isSlow());

      now[0] += 2_000_000;
      Map<String, Double> read = read(slave.port(), layout.slaves(), DrivenPump.CONTROLLER_UNIT);
      assertEquals(100, read.getOrDefault("drives/pump-1", 0.0), 0.05);
      assertEquals(100 * Drive.SLOW, read.getOrDefault("drives/pump-2", 0.0), 0.05);

      assertEquals(
          new WriteResult.Written("false"),
          source.write(unit, new RegisterWrite.Coil(2, false), true));
      assertFalse(second.drive().isSlow());
      assertEquals(
          new WriteResult.DeviceError(2),
          source.write(unit, new RegisterWrite.Coil(9, true), true));
    }
  }

  private static Map<String, Double> read(int port, List<SlavePoint> all, int unit)
      throws Exception {
    List<RegisterPoint> points =
        all.stream().filter(p -> p.unitId() == unit).map(SlavePoint::at).toList();
    Map<String, Double> read = new HashMap<>();
    try (var source = line(port)) {
      for (RegisterBlock block : BlockPlan.of(points)) {
        var values = assertInstanceOf(PollResult.Values.class, source.read(unit, block));
        block
            .points()
            .forEach(
                p -> read.put(p.series(), RegisterDecoder.decode(p, block, values.registers())));
      }
    }
    return read;
  }

  private static ModbusLine line(int port) {
    return new StreamLine(
        new LineSettings(new Endpoint.Tcp("127.0.0.1", port), Duration.ofSeconds(5)));
  }
}
