package io.edgeflow.lab.slaves;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a serial line. A stream has no silences, so a request's function tells how long it is;
 * one of an unknown length ends with what has arrived.
 */
final class RtuFrames {
  private static final int CHECKSUM = 2;

  private RtuFrames() {}

  static @Nullable Request read(DataInputStream in) throws IOException {
    try {
      while (true) {
        int unit = in.readUnsignedByte();
        byte[] pdu = pdu(in);
        byte[] checksum = in.readNBytes(CHECKSUM);
        byte[] frame = ByteBuffer.allocate(1 + pdu.length).put((byte) unit).put(pdu).array();
        if (Arrays.equals(checksum, checksum(frame))) {
          return new Request(0, unit, pdu, frame.length + CHECKSUM);
        }
        // As on a bus: what does not add up was not for anybody.
        in.skipNBytes(in.available());
      }
    } catch (EOFException ended) {
      return null;
    }
  }

  private static byte[] pdu(DataInputStream in) throws IOException {
    int function = in.readUnsignedByte();
    return switch (function) {
      case 1, 2, 3, 4, 5, 6 -> joined(function, exactly(in, 4));
      case 15, 16 -> {
        byte[] head = exactly(in, 5);
        byte[] values = exactly(in, head[4] & 0xFF);
        yield joined(function, head, values);
      }
      default -> joined(function, exactly(in, Math.max(0, in.available() - CHECKSUM)));
    };
  }

  private static byte[] exactly(DataInputStream in, int count) throws IOException {
    byte[] found = new byte[count];
    in.readFully(found);
    return found;
  }

  private static byte[] joined(int function, byte[]... parts) {
    int length = 1 + Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length).put((byte) function);
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  static byte[] frame(Request request, byte[] answer, Reply reply) {
    int unit = reply == Reply.WRONG_ID ? request.unit() + 1 : request.unit();
    byte[] frame = ByteBuffer.allocate(1 + answer.length).put((byte) unit).put(answer).array();
    byte[] checksum = checksum(frame);
    if (reply == Reply.GARBLED) {
      checksum[0] ^= 0x55;
    }
    return ByteBuffer.allocate(frame.length + CHECKSUM).put(frame).put(checksum).array();
  }

  /** CRC-16 of Modbus, low byte first, as it is sent. */
  static byte[] checksum(byte[] frame) {
    int crc = 0xFFFF;
    for (byte one : frame) {
      crc ^= one & 0xFF;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xA001;
      }
    }
    return new byte[] {(byte) crc, (byte) (crc >>> Byte.SIZE)};
  }
}
