package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.BlockPlan;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.PlanLimits;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.line.LineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a configuration asks of one line, and how long that takes. Pure. */
final class LinePlan {
  /** What a line can give away: lost answers, writes and other masters want some of it too. */
  static final double FULL = 0.8;

  private final ConfiguredLine line;
  private final WireTime time;
  private final List<UnitPart> units = new ArrayList<>();

  /**
   * One request.
   *
   * @param nanos what it takes of the line, the pause behind it included
   */
  record Asked(RegisterBlock block, int requestBytes, int answerBytes, long nanos) {}

  /** The requests of one unit. */
  record UnitPart(ModbusDevice device, List<Asked> requests) {
    UnitPart {
      requests = List.copyOf(requests);
    }

    long nanos() {
      return requests.stream().mapToLong(Asked::nanos).sum();
    }

    /** Of the line's time, 1 for all of it. */
    double load() {
      return nanos() / (double) device.interval().toNanos();
    }
  }

  private LinePlan(ConfiguredLine line, WireTime time) {
    this.line = line;
    this.time = time;
  }

  static LinePlan of(ConfiguredLine line, WireTime time) {
    return of(line, time, limits -> limits);
  }

  private static LinePlan of(
      ConfiguredLine line, WireTime time, UnaryOperator<PlanLimits> changed) {
    var plan = new LinePlan(line, time);
    for (ModbusDevice device : line.bus().devices()) {
      List<Asked> requests = new ArrayList<>();
      for (RegisterBlock block : BlockPlan.of(device.points(), changed.apply(device.limits()))) {
        requests.add(plan.asked(block));
      }
      plan.units.add(new UnitPart(device, requests));
    }
    return plan;
  }

  private Asked asked(RegisterBlock block) {
    long nanos = time.nanos(block) + line.settings().requestPause().toNanos();
    return new Asked(block, time.requestBytes(), time.answerBytes(block), nanos);
  }

  ConfiguredLine line() {
    return line;
  }

  WireTime time() {
    return time;
  }

  List<UnitPart> units() {
    return List.copyOf(units);
  }

  int requests() {
    return units.stream().mapToInt(unit -> unit.requests().size()).sum();
  }

  /** Of the line's time, 1 for all of it. */
  double load() {
    return units.stream().mapToDouble(UnitPart::load).sum();
  }

  /** Whether units will be polled less often than configured. */
  boolean isOverbooked() {
    return load() > 1;
  }

  /** One poll of every unit. */
  long nanos() {
    return units.stream().mapToLong(UnitPart::nanos).sum();
  }

  /** The same with a larger gap. */
  LinePlan withGap(int registers) {
    return of(
        line,
        time,
        limits ->
            new PlanLimits(
                limits.registers(),
                limits.bits(),
                Math.max(limits.gap(), registers),
                limits.onePerPoint(),
                limits.avoided()));
  }

  /** The same on a faster line. */
  LinePlan withBaud(int baud) {
    return of(line, time.withBaud(baud));
  }

  /** Whether all units are polled equally often. */
  boolean hasOneInterval() {
    return line.bus().devices().stream().map(ModbusDevice::interval).distinct().count() == 1;
  }

  Duration shortestInterval() {
    return line.bus().devices().stream()
        .map(ModbusDevice::interval)
        .min(Duration::compareTo)
        .orElse(Duration.ofSeconds(1));
  }

  LineSettings settings() {
    return line.settings();
  }
}
