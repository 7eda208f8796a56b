package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.Framing;
import io.edgeflow.lab.slaves.LineHabits;
import io.edgeflow.lab.slaves.SlaveLine;
import io.edgeflow.lab.slaves.SlaveUnit;
import io.edgeflow.lab.slaves.UnitSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A Modbus TCP server on loopback whose registers show the plant's signals, and whose coils slow
 * its pumps down.
 */
public final class PlantSlave implements AutoCloseable {
  private final List<SlaveUnit> units;
  private final SlaveLine line;

  private PlantSlave(List<SlaveUnit> units, SlaveLine line) {
    this.units = units;
    this.line = line;
  }

  /**
   * Listens.
   *
   * @param port 0 picks a free one
   * @param clockMicros the time whose values are shown
   */
  public static PlantSlave start(int port, PlantLayout layout, LongSupplier clockMicros)
      throws IOException {
    Map<Integer, Drive> drives =
        layout.pumps().stream().collect(Collectors.toMap(DrivenPump::address, DrivenPump::drive));
    Map<Integer, List<SlavePoint>> points =
        layout.slaves().stream().collect(Collectors.groupingBy(SlavePoint::unitId));
    List<SlaveUnit> units =
        points.entrySet().stream()
            .map(
                unit -> {
                  boolean controller = unit.getKey() == DrivenPump.CONTROLLER_UNIT;
                  Map<Integer, Drive> coils = controller ? drives : Map.of();
                  var memory = new PlantMemory(unit.getValue(), coils, clockMicros);
                  return new SlaveUnit(unit.getKey(), memory);
                })
            .toList();
    return new PlantSlave(
        units, SlaveLine.listen(Framing.TCP, "127.0.0.1", port, units, LineHabits.EASY));
  }

  public int port() {
    return line.port();
  }

  /** Its units behave like that from now on, as far as there are such. */
  public void become(UnitSpec traits) {
    for (SlaveUnit unit : units) {
      if (traits.contains(unit.id())) {
        unit.become(traits.personality());
      }
    }
  }

  @Override
  public void close() {
    try {
      line.close();
    } catch (IOException failure) {
      throw new IllegalStateException("the Modbus server did not stop", failure);
    }
  }
}
