package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.Registers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One range, in every way that it can be read, for people. Pure. */
final class ReadText {
  private static final int BITS_A_LINE = 16;

  private final RegisterTable table;
  private final int start;
  private final Registers registers;
  private final List<String> lines = new ArrayList<>();

  ReadText(RegisterTable table, int start, Registers registers) {
    this.table = table;
    this.start = start;
    this.registers = registers;
  }

  /**
   * @param only these types of several registers; all if it is empty
   */
  String text(List<RegisterType> only) {
    if (table.bits()) {
      bits();
    } else {
      single();
      for (RegisterType type : Reading.WIDE) {
        if (registers.count() >= type.registers() && (only.isEmpty() || only.contains(type))) {
          wide(type);
        }
      }
      lines.add("");
      guess();
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void bits() {
    for (int from = 0; from < registers.count(); from += BITS_A_LINE) {
      StringBuilder line = new StringBuilder("%7d ".formatted(start + from));
      for (int i = from; i < Math.min(from + BITS_A_LINE, registers.count()); i++) {
        line.append(i % 4 == 0 ? " " : "").append(registers.at(i));
      }
      lines.add(line.toString());
    }
  }

  private void single() {
    lines.add("address   hex   uint16    int16  text");
    for (int i = 0; i < registers.count(); i++) {
      int register = registers.at(i);
      lines.add(
          "%7d  %04X  %7d  %7d  %s"
              .formatted(start + i, register, register, (short) register, characters(register)));
    }
  }

  /** Two characters; what cannot be shown is a dot. */
  private static String characters(int register) {
    byte[] two = {(byte) (register >> Byte.SIZE), (byte) register};
    return new String(two, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
  }

  private void wide(RegisterType type) {
    int longest = 13;
    for (int i = 0; i + type.registers() <= registers.count(); i++) {
      for (RegisterOrder order : RegisterOrder.values()) {
        longest = Math.max(longest, reading(type, order, i).brief().length() + 1);
      }
    }
    String column = "  %" + longest + "s";
    lines.add("");
    StringBuilder head = new StringBuilder("%-7s".formatted(word(type)));
    for (RegisterOrder order : RegisterOrder.values()) {
      head.append(column.formatted(order + " "));
    }
    lines.add(head.toString().stripTrailing());
    for (int i = 0; i + type.registers() <= registers.count(); i++) {
      StringBuilder line = new StringBuilder("%7d".formatted(start + i));
      for (RegisterOrder order : RegisterOrder.values()) {
        Reading reading = reading(type, order, i);
        line.append(column.formatted(reading.brief() + (reading.plausible() ? "*" : " ")));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  private Reading reading(RegisterType type, RegisterOrder order, int index) {
    return Reading.of(type, order, registers, start, start + index);
  }

  private void guess() {
    List<Guess> guesses = Guess.of(registers, start);
    if (guesses.isEmpty()) {
      lines.add(
          isZero()
              ? "all are 0, of which nothing can be told"
              : "no type of several registers fits all of it: it may be 16-bit values, a text, or"
                  + " values that begin at another address");
      return;
    }
    Guess best = guesses.getFirst();
    lines.add(
        "looks like %s %s: %d of %d values from %d are plausible (*), the others 0"
            .formatted(word(best.type()), best.order(), best.plausible(), best.values(), start)
            .replace(best.plausible() == best.values() ? ", the others 0" : "\n", ""));
    if (guesses.size() > 1) {
      lines.add(
          "  or "
              + guesses.stream()
                  .skip(1)
                  .map(one -> word(one.type()) + " " + one.order())
                  .collect(Collectors.joining(", "))
              + ": compare with what the device itself shows");
    }
  }

  private boolean isZero() {
    for (int i = 0; i < registers.count(); i++) {
      if (registers.at(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static String word(RegisterType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
