package io.edgeflow.gateway.modbus.line;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;

/** How requests and answers are told apart on a wire. One thread. */
interface Framing {
  /** Sends a request. */
  void send(Wire wire, int unit, ModbusPDU request) throws IOException;

  /**
   * The answer to what was sent last; late answers to earlier requests are passed over.
   *
   * @throws java.net.SocketTimeoutException if none has come by then
   * @throws NoAnswer if something came that is none
   */
  ModbusPDU receive(Wire wire, int unit, long deadlineNanos) throws IOException;

  /** Whether an answer that comes too late will be known as one, so that the wire can be kept. */
  boolean knowsLateAnswers();

  /** The first bytes of an answer, which may not come at all; but if one comes, all must. */
  static void begin(Wire wire, byte[] into, int count, long deadlineNanos) throws IOException {
    wire.read(into, 0, 1, deadlineNanos);
    rest(wire, into, 1, count - 1, deadlineNanos);
  }

  /** Further bytes of an answer that has begun. */
  static void rest(Wire wire, byte[] into, int from, int count, long deadlineNanos)
      throws IOException {
    try {
      wire.read(into, from, count, deadlineNanos);
    } catch (SocketTimeoutException half) {
      throw new NoAnswer("broke off in the midst of an answer");
    }
  }

  /** What came is no answer to what was asked, and nothing behind it can be trusted. */
  final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String detail) {
      super(detail);
    }
  }
}
