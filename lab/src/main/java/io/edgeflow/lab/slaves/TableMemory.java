package io.edgeflow.lab.slaves;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Tables that keep what is written. All of them begin and end at the same addresses. Any thread.
 */
public final class TableMemory implements UnitMemory {
  /** What a unit has unless somebody says otherwise: more than one answer holds, not everything. */
  public static final int USUAL_SIZE = 1_000;

  private final int from;
  private final int size;
  private final Map<Table, BitSet> bits = new EnumMap<>(Table.class);
  private final Map<Table, ByteBuffer> registers = new EnumMap<>(Table.class);

  /**
   * @param tables those that it has; the functions of others are refused with exception 1
   * @param from the first address, 0..65535
   * @param size how many addresses, 1..65536; beyond them is exception 2
   */
  public TableMemory(Set<Table> tables, int from, int size) {
    if (from < 0 || size < 1 || from + size > 65_536) {
      throw new IllegalArgumentException("no tables of " + size + " addresses from " + from);
    }
    this.from = from;
    this.size = size;
    for (Table table : tables) {
      if (table.hasBits()) {
        bits.put(table, new BitSet());
      } else {
        registers.put(table, ByteBuffer.allocate(2 * size));
      }
    }
  }

  /** All four tables, from address 0. */
  public static TableMemory usual() {
    return new TableMemory(Set.of(Table.values()), 0, USUAL_SIZE);
  }

  @Override
  public synchronized byte[] registers(Table table, int address, int count)
      throws RefusedException {
    byte[] found = new byte[2 * count];
    known(registers, table, address, count).get(2 * (address - from), found);
    return found;
  }

  @Override
  public synchronized boolean bit(Table table, int address) throws RefusedException {
    return known(bits, table, address, 1).get(address - from);
  }

  @Override
  public void writeCoil(int address, boolean on) throws RefusedException {
    put(Table.COIL, address, on);
  }

  @Override
  public void writeHolding(int address, byte[] values) throws RefusedException {
    put(Table.HOLDING, address, values);
  }

  /** What no request can do: also what can only be read changes. */
  public synchronized void put(Table table, int address, boolean on) throws RefusedException {
    known(bits, table, address, 1).set(address - from, on);
  }

  /**
   * @param values two bytes a register, the high one first
   */
  public synchronized void put(Table table, int address, byte[] values) throws RefusedException {
    known(registers, table, address, values.length / 2).put(2 * (address - from), values);
  }

  private <T> T known(Map<Table, T> tables, Table table, int address, int count)
      throws RefusedException {
    T found = tables.get(table);
    if (found == null) {
      throw new RefusedException(RefusedException.FUNCTION);
    }
    if (address < from || address + count > from + size) {
      throw new RefusedException(RefusedException.ADDRESS);
    }
    return found;
  }
}
