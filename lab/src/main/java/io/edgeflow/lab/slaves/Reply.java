package io.edgeflow.lab.slaves;

/** What becomes of an answer that a unit has made up its mind about. */
public enum Reply {
  /** It goes out. */
  HONEST,
  /** None: the unit is dead. */
  SILENT,
  /** Under another transaction id; as RTU from another unit id, for there are no transactions. */
  WRONG_ID,
  /** The first half of its bytes, and no more. */
  HALF,
  /** As RTU with a wrong checksum, over TCP with a protocol id that is not Modbus. */
  GARBLED,
  /** The connection ends instead. */
  HANG_UP
}
