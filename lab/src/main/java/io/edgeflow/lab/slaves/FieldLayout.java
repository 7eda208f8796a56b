package io.edgeflow.lab.slaves;

import java.util.ArrayList;
import java.util.List;

/** The part of a gateway's configuration that polls the floats of units. Pure. */
public final class FieldLayout {
  private FieldLayout() {}

  /**
   * Whole, and with what units are known to need.
   *
   * @param address of the line, {@code host:port}
   * @param points of each unit, 1 or more
   */
  public static String yaml(String address, List<SlaveUnit> units, int points) {
    List<String> lines = new ArrayList<>();
    lines.add("modbus:");
    lines.add("  connections:");
    lines.add("    field: { tcp: \"%s\" }".formatted(address));
    lines.add("  profiles:");
    lines.add("    floats:");
    lines.add("      interval: 1s");
    lines.add("      points:");
    for (int point = 0; point < points; point++) {
      lines.add("        p%d: { address: %d, type: float32 }".formatted(point, 2 * point));
    }
    lines.add("  devices:");
    units.forEach(unit -> lines.add("    " + device(unit)));
    return String.join("\n", lines) + "\n";
  }

  private static String device(SlaveUnit unit) {
    Personality personality = unit.personality();
    String order = personality.swapped() ? ", order: CDAB" : "";
    int most = personality.largestBlock();
    String block = most < Personality.MOST_REGISTERS ? ", maxRegisters: " + most : "";
    return "unit-%d: { connection: field, unitId: %d, profile: floats%s%s }"
        .formatted(unit.id(), unit.id(), order, block);
  }
}
