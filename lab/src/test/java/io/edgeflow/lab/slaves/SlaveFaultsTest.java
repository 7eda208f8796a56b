package io.edgeflow.lab.slaves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.child.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lies on the wire when something is wrong. */
final class SlaveFaultsTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Transaction 7, two holding registers of unit 1 from address 0. */
  private static final byte[] TCP = HEX.parseHex("000700000006010300000002");

  private static final byte[] RTU = HEX.parseHex("010300000002c40b");

  private static final String TCP_ANSWER = "000700000007010304" + "00000000";

  private final SlaveUnit unit = new SlaveUnit(1, TableMemory.usual());
  private @Nullable SlaveLine line;

  @AfterEach
  void closeTheLine() throws IOException {
    if (line != null) {
      line.close();
    }
  }

  @Test
  void answersToTheByte() throws IOException {
    assertEquals(TCP_ANSWER, exchange(Framing.TCP, TCP, 13));
    closeTheLine();
    assertEquals("01030400000000fa33", exchange(Framing.RTU, RTU, 9));
  }

  @Test
  void refusesToTheByte() throws IOException {
    unit.become(Personality.refusing(2));
    assertEquals("000700000003018302", exchange(Framing.TCP, TCP, 9));
    closeTheLine();
    assertEquals("018302c0f1", exchange(Framing.RTU, RTU, 5));
  }

  @Test
  void answersUnderAnotherId() throws IOException {
    unit.become(Personality.HEALTHY.withReply(Reply.WRONG_ID));
    assertEquals("0008" + TCP_ANSWER.substring(4), exchange(Framing.TCP, TCP, 13));
    closeTheLine();
    assertEquals("02", exchange(Framing.RTU, RTU, 9).substring(0, 2));
  }

  @Test
  void answersHalf() throws IOException {
    unit.become(Personality.HEALTHY.withReply(Reply.HALF));
    open(Framing.TCP, LineHabits.EASY);
    try (Socket socket = connected()) {
      socket.getOutputStream().write(TCP);
      byte[] half = socket.getInputStream().readNBytes(6);
      assertArrayEquals(Arrays.copyOf(HEX.parseHex(TCP_ANSWER), 6), half);
      socket.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    }
  }

  @Test
  void answersWithAWrongChecksum() throws IOException {
    unit.become(Personality.HEALTHY.withReply(Reply.GARBLED));
    String garbled = exchange(Framing.RTU, RTU, 9);
    assertEquals("01030400000000", garbled.substring(0, 14));
    assertTrue(!garbled.endsWith("fa33"), garbled);
    closeTheLine();
    assertEquals("00074d42", exchange(Framing.TCP, TCP, 13).substring(0, 8));
  }

  @Test
  void hangsUpInsteadOfAnswering() throws IOException {
    unit.become(Personality.HEALTHY.withReply(Reply.HANG_UP));
    open(Framing.TCP, LineHabits.EASY);
    try (Socket socket = connected()) {
      socket.getOutputStream().write(TCP);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void takesItsTime() throws IOException {
    unit.become(Personality.slow(Duration.ofMillis(200)));
    open(Framing.TCP, LineHabits.EASY);
    try (Socket socket = connected()) {
      long asked = System.nanoTime();
      socket.getOutputStream().write(TCP);
      assertEquals(13, socket.getInputStream().readNBytes(13).length);
      assertTrue(System.nanoTime() - asked >= Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void ignoresWhatDoesNotAddUpOnABus() throws IOException {
    open(Framing.RTU, LineHabits.EASY);
    try (Socket socket = connected()) {
      byte[] wrong = RTU.clone();
      wrong[7] ^= 1;
      socket.getOutputStream().write(wrong);
      socket.setSoTimeout(200);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
      assertEquals(0, line().requests());
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(RTU);
      assertEquals(9, socket.getInputStream().readNBytes(9).length);
    }
  }

  @Test
  void letsOnlySoManyIn() throws IOException {
    open(Framing.TCP, LineHabits.EASY.withSessions(1));
    try (Socket first = connected()) {
      first.getOutputStream().write(TCP);
      assertEquals(13, first.getInputStream().readNBytes(13).length);
      try (Socket second = connected()) {
        assertEquals(-1, second.getInputStream().read());
      }
      assertEquals(1, line().turnedAway());
      first.getOutputStream().write(TCP);
      assertEquals(13, first.getInputStream().readNBytes(13).length);
    }
  }

  @Test
  void endsAConnectionAfterSoManyRequests() throws IOException {
    open(Framing.TCP, LineHabits.EASY.withCloseAfter(2));
    try (Socket socket = connected()) {
      socket.getOutputStream().write(TCP);
      socket.getOutputStream().write(TCP);
      assertEquals(26, socket.getInputStream().readNBytes(26).length);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void isAwayForAWhile() throws Exception {
    line = SlaveLine.listen(Framing.TCP, "127.0.0.1", Ports.free(), List.of(unit), LineHabits.EASY);
    try (Socket before = connected()) {
      before.getOutputStream().write(TCP);
      assertEquals(13, before.getInputStream().readNBytes(13).length);
      line().refuse();
      assertThrows(ConnectException.class, this::connected);
      assertTrue(isOver(before));
    }
    line().mend();
    try (Socket after = connected()) {
      after.getOutputStream().write(TCP);
      assertEquals(13, after.getInputStream().readNBytes(13).length);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (line().sessions() > 0) {
      assertTrue(System.nanoTime() < deadline, "sessions stay");
      Thread.onSpinWait();
    }
  }

  private static boolean isOver(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    byte[] foreign = TCP.clone();
    foreign[6] = 9;
    open(Framing.TCP, LineHabits.EASY.withNobody(11));
    try (Socket socket = connected()) {
      socket.getOutputStream().write(foreign);
      String answer = HEX.formatHex(socket.getInputStream().readNBytes(9));
      assertEquals("00070000000309830b", answer);
    }
  }

  /** 8 bytes and 9 at 1200 baud: 17 characters of 11 bits and two silences of 3.5. */
  @Test
  void takesTheTimeOfASerialLine() {
    LineHabits slow = LineHabits.EASY.withBaud(1_200);
    Duration exchange = slow.onTheWire(8).plus(slow.onTheWire(9));
    assertEquals((17 + 7) * 11 / 1_200.0, exchange.toNanos() / 1e9, 1e-6);
    assertEquals(Duration.ZERO, LineHabits.EASY.onTheWire(100));
    Duration fast = LineHabits.EASY.withBaud(115_200).onTheWire(8);
    assertEquals(88 / 115_200.0 + 38.5 / 19_200, fast.toNanos() / 1e9, 1e-6);
  }

  private String exchange(Framing framing, byte[] request, int answerBytes) throws IOException {
    open(framing, LineHabits.EASY);
    try (Socket socket = connected()) {
      socket.getOutputStream().write(request);
      return HEX.formatHex(socket.getInputStream().readNBytes(answerBytes));
    }
  }

  private void open(Framing framing, LineHabits habits) throws IOException {
    line = SlaveLine.listen(framing, "127.0.0.1", 0, List.of(unit), habits);
  }

  private SlaveLine line() {
    return Objects.requireNonNull(line);
  }

  private Socket connected() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), line().port());
    socket.setSoTimeout(5_000);
    return socket;
  }
}
