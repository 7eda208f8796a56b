package io.edgeflow.gateway.modbus;

/**
 * The order of the two registers of a 32-bit value. Within a register Modbus sends the high byte
 * first, always.
 */
public enum WordOrder {
  /** High word first: bytes A B C D. */
  BIG_ENDIAN,
  /** Low word first: bytes C D A B. */
  WORD_SWAPPED
}
