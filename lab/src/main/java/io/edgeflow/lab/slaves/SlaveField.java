package io.edgeflow.lab.slaves;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Units by the dozen. */
public final class SlaveField {
  private SlaveField() {}

  /**
   * Healthy units with ids from 1 whose points are floats that move.
   *
   * @param units 1..247
   * @param points of each, from address 0 of the holding and input registers alike
   */
  public static List<SlaveUnit> floats(int units, int points, LongSupplier clockMicros) {
    return of(List.of(UnitSpec.parse("1-" + units)), points, clockMicros);
  }

  /**
   * The units that somebody asked for, by their ids.
   *
   * @param specs of several for one unit the last counts
   * @param points floats of each
   */
  public static List<SlaveUnit> of(List<UnitSpec> specs, int points, LongSupplier clockMicros) {
    var units = new TreeMap<Integer, SlaveUnit>();
    for (UnitSpec spec : specs) {
      for (int id = spec.first(); id <= spec.last(); id++) {
        units.put(id, unit(id, spec, points, clockMicros));
      }
    }
    return new ArrayList<>(units.values());
  }

  private static SlaveUnit unit(int id, UnitSpec spec, int points, LongSupplier clockMicros) {
    var tables =
        new TableMemory(spec.tables(), spec.from(), Math.max(spec.size(), roomFor(spec, points)));
    var unit = new SlaveUnit(id, new FloatMemory(id, points, tables, clockMicros));
    unit.become(spec.personality());
    return unit;
  }

  /** Only who says so has a unit that ends before its points do. */
  private static int roomFor(UnitSpec spec, int points) {
    boolean asked = spec.from() != 0 || spec.size() != TableMemory.USUAL_SIZE;
    return asked ? 1 : Math.max(1, Math.min(65_536, 2 * points));
  }
}
