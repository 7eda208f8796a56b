package io.edgeflow.lab.slaves;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.function.LongSupplier;

/**
 * A unit whose first registers, holding and input alike, are floats that move: point N at address
 * 2·N, most significant register first. Each is a slow wave around a middle of its own, so that a
 * value tells where it came from. What is written over stays as written. Any thread.
 */
public final class FloatMemory implements UnitMemory {
  private static final double MICROS = 1e6;

  /** So little that a value tells which point it is of. */
  private static final double SWING = 0.04;

  private final int unit;
  private final int points;
  private final TableMemory below;
  private final LongSupplier clockMicros;
  private final BitSet written = new BitSet();

  /**
   * @param unit its id, which its values begin with
   * @param points floats, 0 or more; those beyond the end of its tables do not exist
   * @param below what it holds besides
   * @param clockMicros the time whose values are shown, microseconds since the epoch
   */
  public FloatMemory(int unit, int points, TableMemory below, LongSupplier clockMicros) {
    this.unit = unit;
    this.points = points;
    this.below = below;
    this.clockMicros = clockMicros;
  }

  /** What a point shows at a moment: within 0.04 of its middle. */
  public static float at(int unit, int point, long micros) {
    double seconds = micros / MICROS;
    double period = 20 + (unit * 7 + point) % 40;
    return (float) (middle(unit, point) + SWING * Math.sin(2 * Math.PI * seconds / period));
  }

  /** Around which a point moves. */
  public static double middle(int unit, int point) {
    return 10.0 * unit + point / 10.0;
  }

  @Override
  public byte[] registers(Table table, int address, int count) throws RefusedException {
    ByteBuffer found = ByteBuffer.wrap(below.registers(table, address, count));
    long micros = clockMicros.getAsLong();
    int end = Math.min(2 * points, address + count);
    for (int point = address / 2; 2 * point < end; point++) {
      int bits = Float.floatToIntBits(at(unit, point, micros));
      show(found, table, 2 * point, address, bits >>> Short.SIZE);
      show(found, table, 2 * point + 1, address, bits);
    }
    return found.array();
  }

  private void show(ByteBuffer found, Table table, int register, int address, int value) {
    int index = 2 * (register - address);
    if (index >= 0 && index < found.capacity() && !isWritten(table, register)) {
      found.putShort(index, (short) value);
    }
  }

  private boolean isWritten(Table table, int register) {
    synchronized (written) {
      return table == Table.HOLDING && written.get(register);
    }
  }

  @Override
  public boolean bit(Table table, int address) throws RefusedException {
    return below.bit(table, address);
  }

  @Override
  public void writeCoil(int address, boolean on) throws RefusedException {
    below.writeCoil(address, on);
  }

  @Override
  public void writeHolding(int address, byte[] registers) throws RefusedException {
    below.writeHolding(address, registers);
    synchronized (written) {
      written.set(address, address + registers.length / 2);
    }
  }
}
