package io.edgeflow.lab.slaves;

/**
 * What the tables of a unit hold. Called by the threads of all sessions. Addresses are those of the
 * wire, from 0; a range never reaches beyond 65535.
 */
public interface UnitMemory {
  /**
   * @param table one of registers
   * @return two bytes a register, the high one first
   */
  byte[] registers(Table table, int address, int count) throws RefusedException;

  /**
   * @param table one of bits
   */
  boolean bit(Table table, int address) throws RefusedException;

  /** Nothing but this is written. */
  void writeCoil(int address, boolean on) throws RefusedException;

  /**
   * @param registers two bytes each, the high one first
   */
  void writeHolding(int address, byte[] registers) throws RefusedException;
}
