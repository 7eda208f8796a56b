package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of serial lines, against a server of another library. */
final class RtuLineTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private PlantSlave slave;

  @BeforeEach
  void start() throws Exception {
    slave = PlantSlave.rtu();
  }

  @AfterEach
  void end() throws Exception {
    slave.close();
  }

  @Test
  void readsEveryTableAndWritesOverTcp() throws Exception {
    try (ModbusLine line = rtu(slave.port(), PATIENT)) {
      readsAndWrites(line);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsEveryTableAndWritesOverASerialPort() throws Exception {
    try (var terminal = new PseudoTerminal();
        var cable = new Cable(terminal, slave.port());
        ModbusLine line =
            new StreamLine(
                new LineSettings(
                    new Endpoint.Serial(terminal.path(), 115_200, Endpoint.Parity.NONE, 1),
                    PATIENT))) {
      assertTrue(cable.pumps());
      readsAndWrites(line);
    }
  }

  private void readsAndWrites(ModbusLine line) throws InterruptedException {
    slave.input[2 * 10] = 0x12;
    slave.input[2 * 10 + 1] = 0x34;
    slave.coils[5] = true;
    assertEquals(0x1234, values(line, RegisterTable.INPUT, 10, 125).at(0));
    assertEquals(1, values(line, RegisterTable.COIL, 5, 1).at(0));
    assertEquals(0, values(line, RegisterTable.DISCRETE, 5, 9).at(8));
    assertEquals(
        new WriteResult.Written("[1, 65535]"),
        line.write(9, new RegisterWrite.Holding(20, List.of(1, 65_535)), true));
    assertEquals(65_535, values(line, RegisterTable.HOLDING, 20, 2).at(1));
    assertEquals(
        new WriteResult.Written("true"), line.write(9, new RegisterWrite.Coil(6, true), true));
  }

  private static Registers values(ModbusLine line, RegisterTable table, int start, int count)
      throws InterruptedException {
    PollResult result = line.read(9, new RegisterBlock(table, start, count, List.of()));
    return assertInstanceOf(PollResult.Values.class, result).registers();
  }

  /** The example of an exception in "MODBUS over Serial Line"; both libraries get its sum wrong. */
  @Test
  void takesAnExceptionForWhatItIs() throws Exception {
    byte[] refusal = {0x0A, (byte) 0x81, 0x02, (byte) 0xB0, 0x53};
    try (var hostile = new RtuHostile(request -> refusal);
        ModbusLine line = rtu(hostile.port(), PATIENT)) {
      var block = new RegisterBlock(RegisterTable.COIL, 1_185, 1, List.of());
      assertEquals(new PollResult.DeviceError(2), line.read(10, block));
      assertEquals(new PollResult.DeviceError(2), line.read(10, block));
      assertEquals(1, hostile.connections.get());
    }
  }

  @Test
  void aWrongChecksumIsNoAnswer() throws Exception {
    // 09 03 02 00 07 and the checksum of another message.
    byte[] wrong = {9, 3, 2, 0, 7, 0x11, 0x22};
    try (var hostile = new RtuHostile(request -> wrong);
        ModbusLine line = rtu(hostile.port(), PATIENT)) {
      var result = assertInstanceOf(PollResult.WrongAnswer.class, line.read(9, one()));
      assertEquals("answered with a wrong checksum", result.detail());
      line.read(9, one());
      assertEquals(2, hostile.connections.get());
    }
  }

  @Test
  void aNeighboursLateAnswerIsPassedOver() throws Exception {
    byte[] both = {8, 3, 2, 0, 1, (byte) 0xA4, 0x45, 9, 3, 2, 0, 7, 0x58, 0x47};
    fillChecksum(both, 0, 5);
    fillChecksum(both, 7, 5);
    try (var hostile = new RtuHostile(request -> both);
        ModbusLine line = rtu(hostile.port(), PATIENT)) {
      var result = assertInstanceOf(PollResult.Values.class, line.read(9, one()));
      assertEquals(7, result.registers().at(0));
    }
  }

  /** It would teach the planner that registers are not there which are. */
  @Test
  void aLateExceptionToAnotherFunctionIsPassedOver() throws Exception {
    byte[] both = {9, (byte) 0x84, 2, 0, 0, 9, 3, 2, 0, 7, 0, 0};
    fillChecksum(both, 0, 3);
    fillChecksum(both, 5, 5);
    try (var hostile = new RtuHostile(request -> both);
        ModbusLine line = rtu(hostile.port(), PATIENT)) {
      var result = assertInstanceOf(PollResult.Values.class, line.read(9, one()));
      assertEquals(7, result.registers().at(0));
    }
  }

  /** As of a converter whose other side is another master's line. */
  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void framesOfOthersWithoutEndDoNotOutlastTheTimeOut(int heardBefore) throws Exception {
    byte[] foreign = {8, 3, 2, 0, 1, 0, 0};
    fillChecksum(foreign, 0, 5);
    byte[] many = new byte[foreign.length * 1_000];
    for (int i = 0; i < 1_000; i++) {
      System.arraycopy(foreign, 0, many, i * foreign.length, foreign.length);
    }
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ModbusLine line = rtu(listener.getLocalPort(), Duration.ofMillis(200))) {
      Thread.ofVirtual().start(() -> babble(listener, heardBefore, many));
      PollResult result = assertTimeoutPreemptively(PATIENT, () -> line.read(9, one()));
      assertFalse(result instanceof PollResult.Values, result::toString);
    }
  }

  private static void babble(ServerSocket listener, int heardBefore, byte[] bytes) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().readNBytes(heardBefore);
      while (true) {
        socket.getOutputStream().write(bytes);
      }
    } catch (IOException over) {
      // The test is over.
    }
  }

  @Test
  void afterASilenceTheConnectionIsMadeAnewBecauseALateAnswerCouldNotBeKnown() throws Exception {
    try (var hostile = new RtuHostile(request -> new byte[0]);
        ModbusLine line = rtu(hostile.port(), Duration.ofMillis(200))) {
      assertEquals(new PollResult.TimedOut(), line.read(9, one()));
      assertEquals(new PollResult.TimedOut(), line.read(9, one()));
      hostile.awaitConnections(2);
    }
  }

  @Test
  void aPortThatIsNotThereSaysWhatToLookFor() throws Exception {
    try (ModbusLine line =
        new StreamLine(
            new LineSettings(
                new Endpoint.Serial("/dev/none-such", 9_600, Endpoint.Parity.EVEN, 1), PATIENT))) {
      var result = assertInstanceOf(PollResult.Unreachable.class, line.read(1, one()));
      assertTrue(result.detail().contains("/dev/none-such"), result::detail);
    }
  }

  private static RegisterBlock one() {
    return new RegisterBlock(RegisterTable.HOLDING, 0, 1, List.of());
  }

  private static ModbusLine rtu(int port, Duration timeout) {
    return new StreamLine(new LineSettings(new Endpoint.RtuOverTcp("127.0.0.1", port), timeout));
  }

  /** CRC-16 of "MODBUS over Serial Line" 1.02, 6.2.2, of so many bytes. */
  static void fillChecksum(byte[] frame, int from, int count) {
    int crc = 0xFFFF;
    for (int i = from; i < from + count; i++) {
      crc ^= frame[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1;
      }
    }
    frame[from + count] = (byte) crc;
    frame[from + count + 1] = (byte) (crc >> 8);
  }

  /** Carries bytes between a terminal and a TCP port. */
  private static final class Cable implements AutoCloseable {
    private final Socket socket;
    private final List<Thread> ways;

    Cable(PseudoTerminal terminal, int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      ways =
          List.of(
              Thread.ofPlatform().daemon().start(() -> down(terminal)),
              Thread.ofPlatform().daemon().start(() -> up(terminal)));
    }

    boolean pumps() {
      return socket.isConnected();
    }

    private void down(PseudoTerminal terminal) {
      try {
        OutputStream out = socket.getOutputStream();
        while (!socket.isClosed()) {
          byte[] bytes = terminal.read();
          if (bytes.length == 0) {
            Thread.sleep(5); // Nobody has it open yet, or any more.
          }
          out.write(bytes);
        }
      } catch (IOException | InterruptedException over) {
        // The test is over.
      }
    }

    private void up(PseudoTerminal terminal) {
      byte[] bytes = new byte[512];
      try {
        InputStream in = socket.getInputStream();
        for (int came = in.read(bytes); came > 0; came = in.read(bytes)) {
          terminal.write(bytes, came);
        }
      } catch (IOException over) {
        // The test is over.
      }
    }

    /** Both ways end before the terminal does: its descriptor may be somebody else's then. */
    @Override
    public void close() throws IOException {
      socket.close();
      try {
        for (Thread way : ways) {
          assertTrue(way.join(PATIENT), "the cable still carries");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Answers each request of eight bytes with whatever a test wants. */
  private static final class RtuHostile implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listener;

    RtuHostile(UnaryOperator<byte[]> answer) throws IOException {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> accept(answer));
    }

    int port() {
      return listener.getLocalPort();
    }

    /** A connection that was never answered may be made before it is taken here. */
    void awaitConnections(int count) throws InterruptedException {
      long end = System.nanoTime() + PATIENT.toNanos();
      while (connections.get() < count && System.nanoTime() < end) {
        Thread.sleep(2);
      }
      assertEquals(count, connections.get());
    }

    private void accept(UnaryOperator<byte[]> answer) {
      try {
        while (true) {
          Socket socket = listener.accept();
          connections.incrementAndGet();
          Thread.ofVirtual().start(() -> serve(socket, answer));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private static void serve(Socket socket, UnaryOperator<byte[]> answer) {
      try (socket) {
        byte[] request = socket.getInputStream().readNBytes(8);
        while (request.length == 8) {
          socket.getOutputStream().write(answer.apply(Arrays.copyOf(request, 8)));
          request = socket.getInputStream().readNBytes(8);
        }
      } catch (IOException hangUp) {
        // So be it.
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
