package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.Asker.Asked;
import io.edgeflow.gateway.modbus.BlockPlan;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of asking the devices of a line how long they think.
 *
 * @param turnaround the median over all requests; empty if nobody answered
 * @param faults what did not go well, for a person
 */
record Measured(Optional<Duration> turnaround, List<String> faults) {
  /**
   * Each request is asked twice: the first one connects.
   *
   * @param time of the same line, whose turnaround does not matter
   */
  static Measured of(ConfiguredLine configured, WireTime time) throws InterruptedException {
    WireTime wire = time.withTurnaround(Duration.ZERO);
    List<Long> nanos = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (ModbusLine line = new StreamLine(configured.settings())) {
      var asker = new Asker(line);
      for (ModbusDevice device : configured.bus().devices()) {
        for (RegisterBlock block : BlockPlan.of(device.points(), device.limits())) {
          asker.ask(device.unitId(), block.table(), block.start(), block.count());
          Asked asked = asker.ask(device.unitId(), block.table(), block.start(), block.count());
          if (asked.isAnswered()) {
            nanos.add(Math.max(0, asked.nanos() - wire.nanos(block)));
          }
          if (!(asked.result() instanceof PollResult.Values)) {
            faults.add(
                device.name()
                    + ", "
                    + PlanText.words(block)
                    + ": "
                    + Failure.words(asked.result()));
          }
        }
      }
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Measured(
        sorted.isEmpty()
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(sorted.get(sorted.size() / 2))),
        faults);
  }
}
