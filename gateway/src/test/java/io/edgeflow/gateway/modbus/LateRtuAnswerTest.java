package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A unit behind a converter, whose late answers reach whoever is connected by then. */
@Timeout(60)
final class LateRtuAnswerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** After the next connect: as soon as one that does not wait for it has asked again. */
  private static final long LATE_MILLIS = 100;

  private final ScheduledExecutorService unit = Executors.newSingleThreadScheduledExecutor();
  private volatile @Nullable Socket connected;
  private volatile boolean answersLate;
  private volatile byte @Nullable [] late;
  private ServerSocket converter;
  private ModbusLine line;

  @BeforeEach
  void start() throws Exception {
    converter = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    line =
        new StreamLine(
            new LineSettings(
                new Endpoint.RtuOverTcp("127.0.0.1", converter.getLocalPort()), TIMEOUT));
  }

  @AfterEach
  void end() throws Exception {
    line.close();
    converter.close();
    unit.shutdownNow();
  }

  @Test
  void aLateAnswerIsNotTakenForThatOfTheUnitsNextBlock() throws Exception {
    while (!(read(11) instanceof PollResult.Values)) {
      Thread.onSpinWait(); // The first request of a cold JVM takes long.
    }
    answersLate = true;
    assertEquals(new PollResult.TimedOut(), read(22));
    assertEquals(new PollResult.TimedOut(), read(33), "the answer to 22 came meanwhile");
    answersLate = false;
    assertEquals(44, value(44));
  }

  private int value(int address) throws InterruptedException {
    return assertInstanceOf(PollResult.Values.class, read(address)).registers().at(0);
  }

  private PollResult read(int address) throws InterruptedException {
    return line.read(9, new RegisterBlock(RegisterTable.HOLDING, address, 1, List.of()));
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = converter.accept();
        connected = socket;
        byte[] answer = late;
        late = null;
        if (answer != null) {
          var _ = unit.schedule(() -> send(answer), LATE_MILLIS, TimeUnit.MILLISECONDS);
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Each register holds its address. */
  private void serve(Socket socket) {
    try (socket) {
      for (byte[] request = socket.getInputStream().readNBytes(8);
          request.length == 8;
          request = socket.getInputStream().readNBytes(8)) {
        byte[] answer = {9, 3, 2, request[2], request[3], 0, 0};
        RtuLineTest.fillChecksum(answer, 0, 5);
        if (answersLate) {
          late = answer;
        } else {
          send(answer);
        }
      }
    } catch (IOException hangUp) {
      // So be it.
    }
  }

  private void send(byte[] answer) {
    Socket now = connected;
    try {
      if (now != null) {
        now.getOutputStream().write(answer);
      }
    } catch (IOException gone) {
      // Nobody hears it.
    }
  }
}
