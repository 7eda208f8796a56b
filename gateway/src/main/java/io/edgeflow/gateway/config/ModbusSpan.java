package io.edgeflow.gateway.config;

import io.edgeflow.gateway.modbus.RegisterTable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of a table that are never read: {@code holding 100-120}.
 *
 * @param from the first, zero-based
 * @param to the last, included
 */
public record ModbusSpan(RegisterTable table, int from, int to) {
  private static final int HIGHEST = 65_535;
  private static final String RULE = "must be a table and its addresses, such as holding 100-120";
  private static final Pattern FORM =
      Pattern.compile("(coil|discrete|holding|input)\\s+([0-9]{1,5})(?:-([0-9]{1,5}))?");

  public ModbusSpan {
    if (from < 0 || to < from || to > HIGHEST) {
      throw new IllegalArgumentException(RULE);
    }
  }

  public static ModbusSpan parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(RULE);
    }
    int from = Integer.parseInt(form.group(2));
    return new ModbusSpan(
        RegisterTable.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
        from,
        form.group(3) == null ? from : Integer.parseInt(form.group(3)));
  }

  boolean meets(RegisterTable other, int start, int end) {
    return table == other && from < end && start <= to;
  }

  @Override
  public String toString() {
    return table.name().toLowerCase(Locale.ROOT) + " " + from + "-" + to;
  }
}
