package io.edgeflow.gateway.config;

import io.edgeflow.gateway.modbus.RegisterTable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a point lies: the zero-based address that goes over the wire ({@code 100}), or the
 * reference of a manual ({@code 40101}, {@code 400101}), whose first digit is the table and whose
 * others count from one. A number of five or six digits that can be a reference is taken for one,
 * unless the point names its table.
 *
 * @param text as written
 */
public record ModbusAddress(String text) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,6}");
  private static final int HIGHEST = 65_535;
  private static final int SHORT_REFERENCE = 5;

  public ModbusAddress {
    text = text.strip().replace("_", "");
    if (!DIGITS.matcher(text).matches()
        || (Integer.parseInt(text) > HIGHEST && reference(text) == null)) {
      throw new IllegalArgumentException(
          "must be an address from 0 to 65535 as it goes over the wire, or a reference such as"
              + " 40001 or 400001");
    }
  }

  public static ModbusAddress parse(String text) {
    return new ModbusAddress(text);
  }

  /**
   * The table and address that it refers to.
   *
   * @param table where the zero-based address lies
   * @param address 0..65535
   * @param reference whether it was written as a reference
   */
  public record Place(RegisterTable table, int address, boolean reference) {
    /** How it is told to whoever wrote it, in one line. */
    public String words(ModbusAddress written) {
      String place = table.name().toLowerCase(Locale.ROOT) + " " + address;
      return reference
          ? written.text() + " is read as " + place + "; name the table if it is an address itself"
          : place;
    }
  }

  /** In the table that the point names, or the one of the reference, or holding. */
  Place in(Optional<RegisterTable> named) {
    Place reference = reference(text);
    if (reference != null && (named.isEmpty() || Integer.parseInt(text) > HIGHEST)) {
      return reference;
    }
    return new Place(named.orElse(RegisterTable.HOLDING), Integer.parseInt(text), false);
  }

  private static @Nullable Place reference(String text) {
    RegisterTable table =
        text.length() < SHORT_REFERENCE
            ? null
            : switch (text.charAt(0)) {
              case '0' -> RegisterTable.COIL;
              case '1' -> RegisterTable.DISCRETE;
              case '3' -> RegisterTable.INPUT;
              case '4' -> RegisterTable.HOLDING;
              default -> null;
            };
    int number = table == null ? 0 : Integer.parseInt(text.substring(1));
    return table == null || number < 1 || number > HIGHEST + 1
        ? null
        : new Place(table, number - 1, true);
  }

  @Override
  public String toString() {
    return text;
  }
}
