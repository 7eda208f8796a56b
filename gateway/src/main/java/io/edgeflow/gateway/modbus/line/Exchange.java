package io.edgeflow.gateway.modbus.line;

import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;

/** What came of one request. */
sealed interface Exchange {
  record Answered(ModbusPDU answer) implements Exchange {}

  /** Something came that is no answer. */
  record Wrong(String detail) implements Exchange {}

  /** Nothing came in time. */
  record Silent() implements Exchange {}

  /** The connection ended while an answer was awaited. */
  record Lost(String why) implements Exchange {}

  /** No connection could be made. */
  record Unreachable(String why) implements Exchange {}
}
