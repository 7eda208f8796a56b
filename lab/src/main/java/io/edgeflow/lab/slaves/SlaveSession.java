package io.edgeflow.lab.slaves;

import io.edgeflow.lab.slaves.SlaveUnit.Reaction;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection of a master, on a thread of its own. */
final class SlaveSession {
  private static final int ERROR = 0x80;

  private final SlaveLine line;
  private final LineHabits habits;
  private final DataInputStream in;
  private final OutputStream out;

  SlaveSession(SlaveLine line, Socket socket) throws IOException {
    this.line = line;
    this.habits = line.habits();
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  /** Answers until the master or a fault ends the connection. */
  void serve() throws IOException, InterruptedException {
    boolean goesOn = true;
    for (int served = 1; goesOn; served++) {
      Request request = line.framing().read(in);
      if (request == null) {
        return;
      }
      line.counted();
      goesOn = exchange(request) && served != habits.closeAfter();
    }
  }

  /** One at a time on a bus. */
  private boolean exchange(Request request) throws IOException, InterruptedException {
    if (!habits.isSerial()) {
      return answer(request);
    }
    line.bus().lockInterruptibly();
    try {
      Thread.sleep(habits.onTheWire(request.bytes()));
      return answer(request);
    } finally {
      line.bus().unlock();
    }
  }

  private boolean answer(Request request) throws IOException, InterruptedException {
    SlaveUnit unit = line.unit(request.unit());
    @Nullable Reaction reaction = unit == null ? forNobody(request) : unit.react(request.pdu());
    if (reaction == null) {
      return true;
    }
    pause(reaction.delay());
    byte[] frame = line.framing().frame(request, reaction.answer(), reaction.reply());
    return switch (reaction.reply()) {
      case SILENT -> true;
      case HANG_UP -> false;
      case HALF -> sent(Arrays.copyOf(frame, frame.length / 2));
      case HONEST, WRONG_ID, GARBLED -> sent(frame);
    };
  }

  private @Nullable Reaction forNobody(Request request) {
    if (habits.nobody() == 0) {
      return null;
    }
    byte[] refusal = {(byte) (request.pdu()[0] | ERROR), (byte) habits.nobody()};
    return new Reaction(Duration.ZERO, Reply.HONEST, refusal);
  }

  private boolean sent(byte[] bytes) throws IOException, InterruptedException {
    pause(habits.onTheWire(bytes.length));
    out.write(bytes);
    out.flush();
    return true;
  }

  private static void pause(Duration time) throws InterruptedException {
    if (time.isPositive()) {
      Thread.sleep(time);
    }
  }
}
