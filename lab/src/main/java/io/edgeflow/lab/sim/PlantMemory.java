package io.edgeflow.lab.sim;

import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.lab.slaves.RefusedException;
import io.edgeflow.lab.slaves.Table;
import io.edgeflow.lab.slaves.UnitMemory;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The registers of a slave of the plant, which show its signals, and the coils of its drives. */
final class PlantMemory implements UnitMemory {
  /** Reading beyond it is answered as a small device would: "no such register". */
  private static final int REGISTERS = 1_000;

  private final List<SlavePoint> points;
  private final Map<Integer, Drive> coils;
  private final LongSupplier clockMicros;

  /**
   * @param points of one unit
   * @param coils by their addresses
   */
  PlantMemory(List<SlavePoint> points, Map<Integer, Drive> coils, LongSupplier clockMicros) {
    this.points = points;
    this.coils = coils;
    this.clockMicros = clockMicros;
  }

  @Override
  public byte[] registers(Table table, int address, int count) throws RefusedException {
    if (address + count > REGISTERS) {
      throw new RefusedException(RefusedException.ADDRESS);
    }
    RegisterTable shown = table == Table.HOLDING ? RegisterTable.HOLDING : RegisterTable.INPUT;
    return RegisterImage.of(points, shown, address, count, clockMicros.getAsLong());
  }

  @Override
  public boolean bit(Table table, int address) throws RefusedException {
    if (table != Table.COIL) {
      throw new RefusedException(RefusedException.FUNCTION);
    }
    return coil(address).isSlow();
  }

  @Override
  public void writeCoil(int address, boolean on) throws RefusedException {
    coil(address).slow(on, clockMicros.getAsLong());
  }

  @Override
  public void writeHolding(int address, byte[] registers) throws RefusedException {
    throw new RefusedException(RefusedException.FUNCTION);
  }

  private Drive coil(int address) throws RefusedException {
    Drive drive = coils.get(address);
    if (drive == null) {
      throw new RefusedException(RefusedException.ADDRESS);
    }
    return drive;
  }
}
