package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.edgeflow.gateway.modbus.BlockPlan;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.Plc4xRegisters;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterDecoder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlantSlaveTest {
  private static final long NOW = 1_763_672_400_000_000L;

  @Test
  void aGatewayReadsWhatTheSignalsSay() throws Exception {
    List<SlavePoint> points = PlantLayout.of(3, 0, Duration.ofMinutes(5)).slaves();
    try (PlantSlave slave = PlantSlave.start(0, points, () -> NOW)) {
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

  private static Map<String, Double> read(int port, List<SlavePoint> all, int unit)
      throws Exception {
    List<RegisterPoint> points =
        all.stream().filter(p -> p.unitId() == unit).map(SlavePoint::at).toList();
    var device =
        new ModbusDevice(
            "unit-" + unit,
            "127.0.0.1",
            port,
            unit,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            points);
    Map<String, Double> read = new HashMap<>();
    try (var plc4x = new Plc4xRegisters();
        var source = plc4x.open(device)) {
      for (RegisterBlock block : BlockPlan.of(points)) {
        var values = assertInstanceOf(PollResult.Values.class, source.read(block));
        block
            .points()
            .forEach(
                p -> read.put(p.series(), RegisterDecoder.decode(p, block, values.registers())));
      }
    }
    return read;
  }
}
