package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.config.ModbusConfig.Endian;
import io.edgeflow.gateway.config.ModbusConfig.Order;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * One value of a device.
 *
 * @param address as it goes over the wire, or a manual's reference
 * @param table absent: as the reference says, else holding
 * @param type absent: bool in a table of bits, else int16
 * @param bit of type bit: which one, 0 the lowest
 * @param length of type string: its registers, two characters each
 * @param kind absent: state for bool and bit, text for string, else gauge
 * @param rollOver of a counter: how many values its register counts through; absent: by its type
 * @param order absent: as byteOrder and wordOrder say, else as the device has it
 * @param scale value = raw * scale + offset
 * @param range readings outside are faults, not readings
 * @param deadband a short form of {@code report: {mode: deadband, deadband: …}}
 * @param report which readings go to the cloud singly
 * @param maxSilence without a reading for so long the series becomes stale
 * @param access whether it may be written
 * @param min the least that may be written
 * @param max the most that may be written
 */
public record ModbusPointConfig(
    ModbusAddress address,
    Optional<RegisterTable> table,
    Optional<RegisterType> type,
    @Range(min = "0", max = "15") Optional<Integer> bit,
    @Range(min = "1", max = "125") Optional<Integer> length,
    Optional<Kind> kind,
    @Range(min = "2") Optional<Double> rollOver,
    Optional<Order> order,
    Optional<Endian> byteOrder,
    Optional<Endian> wordOrder,
    @Default("") String unit,
    @Default("1") double scale,
    @Default("0") double offset,
    Optional<ValueRange> range,
    @Range(min = "0") Optional<Double> deadband,
    ReportConfig report,
    @Range(min = "100ms") Optional<Duration> maxSilence,
    @Default("r") Access access,
    Optional<Double> min,
    Optional<Double> max) {
  private static final int LONGEST_UNIT = 32;

  /** Whether a point may be written. */
  public enum Access {
    R,
    RW
  }

  public ModbusPointConfig {
    var check = new Check();
    ModbusConfig.checkOrder(check, order, byteOrder, wordOrder);
    RegisterType kindOf = type(type, address.in(table).table());
    boolean bits = address.in(table).table().bits();
    check
        .that(
            table.isEmpty() || table.get() == address.in(table).table(),
            "table",
            "is not that of the reference " + address)
        .that(scale != 0, "scale", "must not be 0")
        .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
        .that(!bits || kindOf == RegisterType.BOOL, "type", "must be bool, as coils and inputs are")
        .that(
            (kindOf == RegisterType.BIT) == bit.isPresent(),
            "bit",
            "is needed by type bit, and by it alone")
        .that(
            (kindOf == RegisterType.STRING) == length.isPresent(),
            "length",
            "is needed by type string, and by it alone: how many registers")
        .that(
            kind.isEmpty() || (kindOf == RegisterType.STRING) == (kind.get() == Kind.TEXT),
            "kind",
            "must be text for a string, and for nothing else")
        .that(
            rollOver.isEmpty() || kind.equals(Optional.of(Kind.COUNTER)),
            "rollOver",
            "needs kind counter")
        .that(
            deadband.isEmpty() || report.mode() == ReportConfig.Mode.NONE,
            "deadband",
            "is short for a report of its own: give one or the other");
    checkWriting(check, kindOf, address.in(table).table(), access, min, max);
    check.orRefuse();
  }

  private static void checkWriting(
      Check check,
      RegisterType type,
      RegisterTable table,
      Access access,
      Optional<Double> min,
      Optional<Double> max) {
    boolean read = access == Access.R;
    check
        .that(
            read || table == RegisterTable.COIL || table == RegisterTable.HOLDING,
            "access",
            "must be r: nobody can write discrete inputs and input registers")
        .that(
            read || (type != RegisterType.STRING && type != RegisterType.BIT),
            "access",
            "must be r: a string or a single bit of a register cannot be written")
        .that(!read || min.isEmpty(), "min", "needs access: rw; for readings there is range")
        .that(!read || max.isEmpty(), "max", "needs access: rw; for readings there is range")
        .that(
            min.isEmpty() || max.isEmpty() || min.get() <= max.get(), "min", "must not exceed max");
  }

  private static RegisterType type(Optional<RegisterType> type, RegisterTable table) {
    return type.orElse(table.bits() ? RegisterType.BOOL : RegisterType.INT16);
  }

  public ModbusAddress.Place place() {
    return address.in(table);
  }

  public RegisterType typed() {
    return type(type, place().table());
  }

  /** Its own order, or its device's. */
  public Order orderOn(ModbusDeviceConfig device) {
    return ModbusConfig.order(order, byteOrder, wordOrder).orElse(device.usualOrder());
  }

  public Kind seriesKind() {
    return kind.orElseGet(
        () ->
            switch (typed()) {
              case BOOL, BIT -> Kind.STATE;
              case STRING -> Kind.TEXT;
              case INT16, UINT16, INT32, UINT32, INT64, UINT64, FLOAT32, FLOAT64 -> Kind.GAUGE;
            });
  }

  /** How many values a counter's register counts through, in the series' unit; empty for none. */
  public Optional<Double> modulus() {
    if (seriesKind() != Kind.COUNTER) {
      return Optional.empty();
    }
    Optional<Double> raw =
        rollOver.isPresent()
            ? rollOver
            : switch (typed()) {
              case UINT16 -> Optional.of(0x1p16);
              case UINT32 -> Optional.of(0x1p32);
              case UINT64 -> Optional.of(0x1p64);
              default -> Optional.empty();
            };
    return raw.map(values -> values * Math.abs(scale));
  }

  /** What it reports, the short form included. */
  public ReportConfig reports() {
    return deadband.map(ReportConfig::deadband).orElse(report);
  }
}
