package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.Asker.Asked;
import io.edgeflow.gateway.modbus.BlockPlan;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the devices of a line how long they think. */
final class Measured {
  private Measured() {}

  /**
   * The median over all requests of the line, of which each is asked twice: the first one connects.
   *
   * @param time of the same line, whose turnaround does not matter
   * @return empty if nobody answered
   */
  static Optional<Duration> turnaround(ConfiguredLine configured, WireTime time)
      throws InterruptedException {
    WireTime wire = time.withTurnaround(Duration.ZERO);
    List<Long> nanos = new ArrayList<>();
    try (ModbusLine line = new StreamLine(configured.settings())) {
      var asker = new Asker(line);
      for (ModbusDevice device : configured.bus().devices()) {
        for (RegisterBlock block : BlockPlan.of(device.points(), device.limits())) {
          asker.ask(device.unitId(), block.table(), block.start(), block.count());
          Asked asked = asker.ask(device.unitId(), block.table(), block.start(), block.count());
          if (asked.isAnswered()) {
            nanos.add(Math.max(0, asked.nanos() - wire.nanos(block)));
          }
        }
      }
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(sorted.get(sorted.size() / 2)));
  }
}
