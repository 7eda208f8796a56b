package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.Registers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One range, in every way that it can be read, for programs.
 *
 * @param tookMillis from asking to the answer, which includes connecting
 * @param registers as they came, 0 to 65535; of bits 0 or 1
 * @param values of registers in every type and order, at each address
 * @param guesses in which all of it makes sense, the likeliest first
 * @param yaml what reads the chosen points; null if none was chosen
 */
record ReadDocument(
    String line,
    int unit,
    String table,
    int address,
    double tookMillis,
    List<Integer> registers,
    List<Value> values,
    List<Way> guesses,
    @Nullable String yaml) {
  /**
   * @param order of the bytes; ABCD for what takes one register
   * @param text the exact value
   */
  record Value(String type, String order, int address, String text, boolean plausible) {}

  /** A type and an order. */
  record Way(String type, String order, int values, int plausible) {}

  static ReadDocument of(
      String line,
      int unit,
      RegisterTable table,
      int address,
      long tookNanos,
      Registers registers,
      List<String> yaml) {
    return new ReadDocument(
        line,
        unit,
        TableProbe.word(table),
        address,
        Scanner.millis(tookNanos),
        IntStream.range(0, registers.count()).mapToObj(registers::at).toList(),
        table.bits() ? List.of() : values(registers, address),
        table.bits()
            ? List.of()
            : Guess.of(registers, address).stream().map(ReadDocument::way).toList(),
        yaml.isEmpty() ? null : String.join("\n", yaml));
  }

  private static Way way(Guess guess) {
    return new Way(word(guess.type()), guess.order().name(), guess.values(), guess.plausible());
  }

  private static List<Value> values(Registers registers, int start) {
    List<Value> values = new ArrayList<>();
    for (RegisterType type : new RegisterType[] {RegisterType.UINT16, RegisterType.INT16}) {
      add(values, type, RegisterOrder.ABCD, registers, start);
    }
    for (RegisterType type : Reading.WIDE) {
      for (RegisterOrder order : RegisterOrder.values()) {
        add(values, type, order, registers, start);
      }
    }
    return values;
  }

  private static void add(
      List<Value> values, RegisterType type, RegisterOrder order, Registers registers, int start) {
    for (int i = 0; i + type.registers() <= registers.count(); i++) {
      Reading reading = Reading.of(type, order, registers, start, start + i);
      values.add(
          new Value(word(type), order.name(), start + i, reading.text(), reading.plausible()));
    }
  }

  private static String word(RegisterType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
