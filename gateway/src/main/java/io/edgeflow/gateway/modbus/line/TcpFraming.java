package io.edgeflow.gateway.modbus.line;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.modbus.readwrite.ModbusTcpADU;

/**
 * The header of Modbus TCP: transaction, protocol 0, length, unit ("MODBUS Messaging on TCP/IP
 * Implementation Guide" 1.0b, 3.1.3).
 */
final class TcpFraming implements Framing {
  private static final int HEADER = 7;
  private static final int TRANSACTIONS = 0x1_0000;

  /** A message of the protocol has 253 bytes at most, and the unit is counted in too. */
  private static final int MOST = 254;

  private static final int LEAST = 3;

  /** Requests whose answers may still come late; beyond it a late one counts as nonsense. */
  private static final int MOST_LATE = 64;

  private final SequencedSet<Integer> late = new LinkedHashSet<>();
  private int transaction;
  private boolean answered = true;

  @Override
  public void send(Wire wire, int unit, ModbusPDU request) throws IOException {
    if (!answered) {
      late.add(transaction);
      if (late.size() > MOST_LATE) {
        late.removeFirst();
      }
    }
    answered = false;
    transaction = (transaction + 1) % TRANSACTIONS;
    wire.write(Messages.bytes(new ModbusTcpADU(transaction, (short) unit, request)));
  }

  @Override
  public ModbusPDU receive(Wire wire, int unit, long deadlineNanos) throws IOException {
    byte[] header = new byte[HEADER];
    while (true) {
      Framing.begin(wire, header, HEADER, deadlineNanos);
      int length = word(header, 4);
      if (word(header, 2) != 0 || length < LEAST || length > MOST) {
        throw new NoAnswer("answered with what is no Modbus TCP");
      }
      byte[] message = new byte[length - 1];
      Framing.rest(wire, message, 0, message.length, deadlineNanos);
      int of = word(header, 0);
      if (of == transaction) {
        answered = true;
        return from(header[HEADER - 1] & 0xFF, unit, message);
      }
      if (!late.remove(of)) {
        throw new NoAnswer("answered transaction " + of + " instead of " + transaction);
      }
    }
  }

  private static ModbusPDU from(int answering, int unit, byte[] message) throws NoAnswer {
    if (answering != unit) {
      throw new NoAnswer("unit " + answering + " answered instead of " + unit);
    }
    return Messages.answer(message);
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  @Override
  public boolean knowsLateAnswers() {
    return true;
  }
}
