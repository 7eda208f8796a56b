package io.edgeflow.gateway.modbus;

import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;

/** What came of a request that was sent past PLC4X's driver. */
sealed interface TapAnswer {
  record Came(ModbusPDU pdu) implements TapAnswer {}

  /** Nothing will come. */
  record Lost(String why) implements TapAnswer {}
}
