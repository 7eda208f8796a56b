package io.edgeflow.gateway.modbus.line;

import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.spi.generation.ByteOrder;
import org.apache.plc4x.java.spi.generation.Message;
import org.apache.plc4x.java.spi.generation.ParseException;
import org.apache.plc4x.java.spi.generation.ReadBufferByteBased;
import org.apache.plc4x.java.spi.generation.SerializationException;
import org.apache.plc4x.java.spi.generation.WriteBufferByteBased;

/** PLC4X's messages as bytes, and back. Pure. */
final class Messages {
  private Messages() {}

  static byte[] bytes(Message message) {
    var buffer = new WriteBufferByteBased(message.getLengthInBytes(), ByteOrder.BIG_ENDIAN);
    try {
      message.serialize(buffer);
    } catch (SerializationException ours) {
      throw new IllegalStateException("a request that is none", ours);
    }
    return buffer.getBytes();
  }

  /** An answer, without what frames it. */
  static ModbusPDU answer(byte[] bytes) throws Framing.NoAnswer {
    try {
      return ModbusPDU.staticParse(new ReadBufferByteBased(bytes, ByteOrder.BIG_ENDIAN), true);
    } catch (ParseException | RuntimeException garbage) {
      throw new Framing.NoAnswer("answered with what is no Modbus message");
    }
  }
}
