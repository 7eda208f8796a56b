package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point that somebody chose: {@code float32:CDAB@100}.
 *
 * @param address of its first register; empty for every value of the range, side by side
 */
record Chosen(RegisterType type, RegisterOrder order, OptionalInt address) {
  private static final Pattern FORM =
      Pattern.compile("(\\w+)(?::(\\w{4}|\\w{8}))?(?:@(\\d{1,5}))?");

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  static Chosen parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong(text);
    }
    return new Chosen(
        type(text, form.group(1)),
        form.group(2) == null ? RegisterOrder.ABCD : order(text, form.group(2)),
        form.group(3) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(form.group(3))));
  }

  private static RegisterType type(String text, String word) {
    try {
      RegisterType type = RegisterType.valueOf(word.toUpperCase(Locale.ROOT));
      if (type != RegisterType.BIT && type != RegisterType.STRING) {
        return type;
      }
    } catch (IllegalArgumentException none) {
      // Refused below, in the same words.
    }
    throw wrong(text);
  }

  private static RegisterOrder order(String text, String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "ABCD", "ABCDEFGH" -> RegisterOrder.ABCD;
      case "CDAB", "GHEFCDAB" -> RegisterOrder.CDAB;
      case "BADC", "BADCFEHG" -> RegisterOrder.BADC;
      case "DCBA", "HGFEDCBA" -> RegisterOrder.DCBA;
      default -> throw wrong(text);
    };
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no choice such as float32:CDAB@100; types are bool, int16, uint16, int32,"
            + " uint32, int64, uint64, float32 and float64, orders ABCD, CDAB, BADC and DCBA");
  }

  /**
   * Where the points lie.
   *
   * @throws IllegalArgumentException if they are not in the range
   */
  List<Integer> addresses(int start, int count) {
    List<Integer> all = new ArrayList<>();
    if (address.isPresent()) {
      all.add(address.getAsInt());
    } else {
      for (int at = start; at + type.registers() <= start + count; at += type.registers()) {
        all.add(at);
      }
    }
    for (int at : all) {
      if (at < start || at + type.registers() > start + count) {
        throw new IllegalArgumentException(
            "%s at %d is not in %d to %d".formatted(word(), at, start, start + count - 1));
      }
    }
    return all;
  }

  String word() {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
