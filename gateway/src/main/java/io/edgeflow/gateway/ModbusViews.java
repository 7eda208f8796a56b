package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.ModbusUnits;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.Registers;
import io.edgeflow.gateway.modbus.UnitWatch;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows what is known of polled units. Any thread. */
final class ModbusViews {
  private final Poller poller;
  private final ModbusCounters counters;

  ModbusViews(Poller poller, ModbusCounters counters) {
    this.poller = poller;
    this.counters = counters;
  }

  ModbusUnits units() {
    return new ModbusUnits(poller.units().stream().map(this::unit).toList());
  }

  private ModbusUnits.Unit unit(UnitWatch watch) {
    String device = watch.device().name();
    UnitWatch.Exchanged fault = watch.lastFault();
    return new ModbusUnits.Unit(
        device,
        watch.line(),
        watch.device().unitId(),
        state(watch),
        watch.device().interval().toMillis(),
        watch.silences(),
        watch.missed(),
        counters.exceptions(device),
        watch.plan().absent().stream().map(RegisterPoint::series).sorted().toList(),
        fault == null ? "" : result(fault.result()) + " for " + fault.block().words(),
        age(fault),
        watch.exchanges().stream().map(ModbusViews::block).toList());
  }

  private static String state(UnitWatch watch) {
    if (watch.last() == null) {
      return "new";
    }
    return watch.silences() == 0 ? "ok" : "silent";
  }

  private static @Nullable Long age(UnitWatch.@Nullable Exchanged exchanged) {
    return exchanged == null ? null : age(exchanged.atNanos());
  }

  private static long age(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static ModbusUnits.Block block(UnitWatch.Exchanged exchanged) {
    boolean bits = exchanged.block().table().bits();
    return new ModbusUnits.Block(
        exchanged.block().table().name().toLowerCase(Locale.ROOT),
        exchanged.block().start(),
        exchanged.block().count(),
        age(exchanged.atNanos()),
        TimeUnit.NANOSECONDS.toMicros(exchanged.tookNanos()),
        result(exchanged.result()),
        exchanged.result() instanceof PollResult.Values(Registers registers)
            ? words(registers, bits)
            : List.of());
  }

  private static List<String> words(Registers registers, boolean bits) {
    String form = bits ? "%d" : "%04x";
    return IntStream.range(0, registers.count())
        .mapToObj(i -> form.formatted(registers.at(i)))
        .toList();
  }

  private static String result(PollResult result) {
    return switch (result) {
      case PollResult.Values _ -> "ok";
      case PollResult.DeviceError(int code) -> "exception " + code;
      case PollResult.WrongCount(int expected, int answered) ->
          answered + " instead of " + expected;
      case PollResult.WrongAnswer(String detail) -> detail;
      case PollResult.TimedOut() -> "no answer in time";
      case PollResult.HungUp(String detail) -> detail;
      case PollResult.Unreachable(String detail) -> detail;
    };
  }
}
