package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterDecoder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.Registers;
import io.edgeflow.gateway.modbus.UnitPlan;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.io.PrintWriter;
import java.util.ArrayList;
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
    if (failed > 0) {
      out.println("who answers, and what it takes, says ./edgeflow modbus scan");
    }
    out.flush();
    return read == points;
  }

  private static String place(ConfiguredLine configured) {
    return configured.settings().endpoint().words();
  }

  private record Answer(RegisterBlock block, PollResult result, long nanos) {}

  /**
   * As a gateway does: what the unit refuses is asked otherwise, until there is nothing to learn.
   */
  private void poll(ModbusLine line, ModbusDevice device) throws InterruptedException {
    out.println("  " + device.name() + ", unit " + device.unitId());
    points += device.points().size();
    UnitPlan plan = UnitPlan.of(device.points(), device.limits());
    List<Answer> answers = ask(line, device, plan);
    for (UnitPlan next = learned(plan, answers); next != plan; next = learned(plan, answers)) {
      plan = next;
      answers = ask(line, device, plan);
    }
    answers.forEach(this::tell);
    tellLearned(device, plan);
    out.flush();
  }

  private static List<Answer> ask(ModbusLine line, ModbusDevice device, UnitPlan plan)
      throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (RegisterBlock block : plan.blocks()) {
      long begun = System.nanoTime();
      PollResult result = line.read(device.unitId(), block);
      answers.add(new Answer(block, result, System.nanoTime() - begun));
    }
    return answers;
  }

  private static UnitPlan learned(UnitPlan plan, List<Answer> answers) {
    UnitPlan learned = plan;
    for (Answer answer : answers) {
      if (answer.result() instanceof PollResult.DeviceError(int code)) {
        learned = learned.refused(answer.block(), code);
      }
    }
    return learned;
  }

  private void tell(Answer answer) {
    RegisterBlock block = answer.block();
    if (answer.result() instanceof PollResult.Values(Registers registers)) {
      out.println("    " + PlanText.words(block) + ", " + PlanText.millis(answer.nanos()));
      block.points().forEach(point -> show(point, block, registers));
    } else {
      failed++;
      out.println("    " + PlanText.words(block) + ": " + Failure.words(answer.result()));
    }
  }

  private void tellLearned(ModbusDevice device, UnitPlan plan) {
    if (plan.limits().registers() < device.limits().registers()) {
      out.println("    it takes no more at once: maxRegisters: " + plan.limits().registers());
    }
    if (!plan.absent().isEmpty()) {
      failed++;
      out.println(
          "    it refuses " + plan.absent().stream().map(RegisterPoint::series).sorted().toList());
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
