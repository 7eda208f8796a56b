package io.edgeflow.lab.slaves;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Frames with the header of Modbus TCP. */
final class TcpFrames {
  private static final int HEADER = 7;

  /** A unit id and a protocol data unit. */
  private static final int MOST = 254;

  private static final int FOREIGN_PROTOCOL = 0x4D42;

  private TcpFrames() {}

  static @Nullable Request read(DataInputStream in) throws IOException {
    try {
      int transaction = in.readUnsignedShort();
      int protocol = in.readUnsignedShort();
      int length = in.readUnsignedShort();
      if (protocol != 0 || length < 2 || length > MOST) {
        return null;
      }
      int unit = in.readUnsignedByte();
      byte[] pdu = new byte[length - 1];
      in.readFully(pdu);
      return new Request(transaction, unit, pdu, HEADER + pdu.length);
    } catch (EOFException ended) {
      return null;
    }
  }

  static byte[] frame(Request request, byte[] answer, Reply reply) {
    int transaction = reply == Reply.WRONG_ID ? request.transaction() + 1 : request.transaction();
    return ByteBuffer.allocate(HEADER + answer.length)
        .putShort((short) transaction)
        .putShort((short) (reply == Reply.GARBLED ? FOREIGN_PROTOCOL : 0))
        .putShort((short) (1 + answer.length))
        .put((byte) request.unit())
        .put(answer)
        .array();
  }
}
