package io.edgeflow.gateway.modbus.line;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;

/**
 * The frames of a serial line: unit, message, checksum ("MODBUS over Serial Line" 1.02, 2.5.1). A
 * frame has no length of its own; how long an answer is follows from its function.
 */
final class RtuFraming implements Framing {
  private static final int MOST = 256;
  private static final int CHECKSUM = 2;
  private static final int EXCEPTION = 0x80;
  private static final int POLYNOMIAL = 0xA001;

  /** Of the request that was sent last. */
  private int asked;

  @Override
  public void send(Wire wire, int unit, ModbusPDU request) throws IOException {
    wire.drain();
    byte[] message = Messages.bytes(request);
    asked = message[0] & 0xFF;
    byte[] frame = new byte[1 + message.length + CHECKSUM];
    frame[0] = (byte) unit;
    System.arraycopy(message, 0, frame, 1, message.length);
    int sum = checksum(frame, 1 + message.length);
    frame[frame.length - 2] = (byte) sum;
    frame[frame.length - 1] = (byte) (sum >> 8);
    wire.write(frame);
  }

  @Override
  public ModbusPDU receive(Wire wire, int unit, long deadlineNanos) throws IOException {
    byte[] frame = new byte[MOST];
    while (true) {
      int length = frame(wire, frame, deadlineNanos);
      int sum = (frame[length - 1] & 0xFF) << 8 | (frame[length - 2] & 0xFF);
      if (sum != checksum(frame, length - CHECKSUM)) {
        throw new NoAnswer("answered with a wrong checksum");
      }
      if ((frame[0] & 0xFF) == unit && (frame[1] & ~EXCEPTION & 0xFF) == asked) {
        return Messages.answer(Arrays.copyOfRange(frame, 1, length - CHECKSUM));
      }
      // A late answer, of a neighbour or to an earlier request. A wire may be full of them.
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new SocketTimeoutException();
      }
    }
  }

  private static int frame(Wire wire, byte[] frame, long deadlineNanos) throws IOException {
    Framing.begin(wire, frame, 3, deadlineNanos);
    int function = frame[1] & 0xFF;
    int length =
        switch (function) {
          case 1, 2, 3, 4 -> 3 + (frame[2] & 0xFF) + CHECKSUM;
          case 5, 6, 15, 16 -> 6 + CHECKSUM;
          default -> {
            if (function < EXCEPTION) {
              throw new NoAnswer("answered function " + function + ", which nobody asked for");
            }
            yield 3 + CHECKSUM;
          }
        };
    if (length > MOST) {
      throw new NoAnswer("answered with a frame of " + length + " bytes");
    }
    Framing.rest(wire, frame, 3, length - 3, deadlineNanos);
    return length;
  }

  @Override
  public boolean knowsLateAnswers() {
    return false;
  }

  /** The CRC-16 of section 6.2.2 there. PLC4X's own takes no exception for whole. */
  private static int checksum(byte[] frame, int length) {
    int sum = 0xFFFF;
    for (int i = 0; i < length; i++) {
      sum ^= frame[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 1 ? (sum >> 1) ^ POLYNOMIAL : sum >> 1;
      }
    }
    return sum;
  }
}
