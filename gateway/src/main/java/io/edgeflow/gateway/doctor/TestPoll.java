package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.BlockPlan;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterDecoder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.Registers;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Polls every unit of a configuration once, and prints what came. One thread. */
public final class TestPoll {
  private final PrintWriter out;
  private int points;
  private int read;
  private int failed;

  public TestPoll(PrintWriter out) {
    this.out = out;
  }

  /**
   * @return whether every point could be read
   */
  public boolean poll(List<ConfiguredLine> lines) throws InterruptedException {
    for (ConfiguredLine configured : lines) {
      out.println("line " + configured.bus().name() + ": " + place(configured));
      try (ModbusLine line = new StreamLine(configured.settings())) {
        for (ModbusDevice device : configured.bus().devices()) {
          poll(line, device);
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "%d of %d points read%s%n",
        read,
        points,
        failed == 0 ? "" : "; " + failed + " requests failed");
    out.flush();
    return read == points;
  }

  private static String place(ConfiguredLine configured) {
    return configured.settings().endpoint().words();
  }

  private void poll(ModbusLine line, ModbusDevice device) throws InterruptedException {
    out.println("  " + device.name() + ", unit " + device.unitId());
    for (RegisterBlock block : BlockPlan.of(device.points(), device.limits())) {
      long begun = System.nanoTime();
      PollResult result = line.read(device.unitId(), block);
      long nanos = System.nanoTime() - begun;
      points += block.points().size();
      if (result instanceof PollResult.Values(Registers registers)) {
        out.println("    " + PlanText.words(block) + ", " + PlanText.millis(nanos));
        block.points().forEach(point -> show(point, block, registers));
      } else {
        failed++;
        out.println("    " + PlanText.words(block) + ": " + Failure.words(result));
      }
      out.flush();
    }
  }

  private void show(RegisterPoint point, RegisterBlock block, Registers registers) {
    out.println("      %-40s %s".formatted(point.series(), value(point, block, registers)));
  }

  private String value(RegisterPoint point, RegisterBlock block, Registers registers) {
    if (point.isText()) {
      read++;
      return RegisterDecoder.text(point, block, registers);
    }
    double value = RegisterDecoder.decode(point, block, registers);
    if (!Double.isFinite(value)) {
      return value + ": no number, so it would be rejected";
    }
    if (value < point.low() || value > point.high()) {
      return "%s: outside its range, so it would be rejected".formatted(value);
    }
    read++;
    return Double.toString(value);
  }
}
