package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.digitalpetri.modbus.ExceptionCode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModbusLineTest {
  private PlantSlave slave;
  private ModbusLine source;

  @BeforeEach
  void connect() throws Exception {
    slave = new PlantSlave();
    source = Lines.tcp(slave.port());
  }

  @AfterEach
  void end() throws Exception {
    source.close();
    slave.close();
  }

  private static final double LOW = Double.NEGATIVE_INFINITY;
  private static final double HIGH = Double.POSITIVE_INFINITY;
  private static final List<RegisterOrder> ORDERS = List.of(RegisterOrder.values());

  @ParameterizedTest
  @EnumSource(value = RegisterType.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void everyTypeAndOrderRoundTrips(RegisterType type) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      long bits = round < EDGES.length ? EDGES[round] : random.nextLong();
      int address = random.nextInt(65_536 - type.registers());
      RegisterTable table = round % 2 == 0 ? RegisterTable.HOLDING : RegisterTable.INPUT;
      RegisterOrder order = ORDERS.get(random.nextInt(4));
      int part = type == RegisterType.BIT ? random.nextInt(16) : 0;
      var point = new RegisterPoint("plc/x", table, address, type, order, 1, 0, part, LOW, HIGH);
      store(table, address, type, order, bits);

      double value = decoded(point);

      assertEquals(
          meaning(type, bits, part) + 0.0, value, "seed " + seed + " " + point + " bits " + bits);
    }
  }

  @ParameterizedTest
  @EnumSource(RegisterOrder.class)
  void aTextEndsAtItsFirstZero(RegisterOrder order) throws Exception {
    byte[] text = "Zähler 7".getBytes(StandardCharsets.UTF_8); // Nine bytes.
    byte[] padded = Arrays.copyOf(text, 12);
    for (int i = 0; i < 6; i++) {
      boolean wordsSwapped = order == RegisterOrder.CDAB || order == RegisterOrder.DCBA;
      boolean bytesSwapped = order == RegisterOrder.BADC || order == RegisterOrder.DCBA;
      int at = 2 * (100 + (wordsSwapped ? 5 - i : i));
      slave.holding[at] = padded[2 * i + (bytesSwapped ? 1 : 0)];
      slave.holding[at + 1] = padded[2 * i + (bytesSwapped ? 0 : 1)];
    }
    var point =
        new RegisterPoint(
            "plc/x", RegisterTable.HOLDING, 100, RegisterType.STRING, order, 1, 0, 6, LOW, HIGH);
    RegisterBlock block = BlockPlan.of(List.of(point)).getFirst();
    var values = assertInstanceOf(PollResult.Values.class, source.read(1, block));

    assertEquals(6, block.count());
    assertEquals("Zähler 7", RegisterDecoder.text(point, block, values.registers()));
  }

  private static final int[] EDGES = {
    0,
    1,
    127,
    128,
    255,
    256,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    -1,
    0x7FC00000,
    0x7F800000,
    0xFF800000,
    0x00000080,
    0x00800000
  };

  /** What the bits mean, said in another way than the decoder says it. */
  private static double meaning(RegisterType type, long bits, int part) {
    ByteBuffer bytes = ByteBuffer.allocate(8).putLong(0, bits);
    return switch (type) {
      case BOOL -> bytes.getShort(6) == 0 ? 0 : 1;
      case BIT -> BigInteger.valueOf(bits & 0xFFFF).testBit(part) ? 1 : 0;
      case STRING -> throw new IllegalArgumentException("no number");
      case INT16 -> bytes.getShort(6);
      case UINT16 -> bytes.getChar(6);
      case INT32 -> bytes.getInt(4);
      case UINT32 -> Double.parseDouble(Integer.toUnsignedString((int) bits));
      case INT64 -> Double.parseDouble(Long.toString(bits));
      case UINT64 -> Double.parseDouble(Long.toUnsignedString(bits));
      case FLOAT32 -> bytes.getFloat(4);
      case FLOAT64 -> bytes.getDouble(0);
    };
  }

  /** The letters are the bytes of a value from the most significant on. */
  private static String letters(RegisterType type, RegisterOrder order) {
    return switch (type.registers()) {
      case 1 -> order == RegisterOrder.ABCD || order == RegisterOrder.CDAB ? "AB" : "BA";
      case 2 -> order.name();
      default ->
          switch (order) {
            case ABCD -> "ABCDEFGH";
            case CDAB -> "GHEFCDAB";
            case BADC -> "BADCFEHG";
            case DCBA -> "HGFEDCBA";
          };
    };
  }

  private void store(
      RegisterTable table, int address, RegisterType type, RegisterOrder order, long bits) {
    byte[] memory = table == RegisterTable.HOLDING ? slave.holding : slave.input;
    String letters = letters(type, order);
    for (int i = 0; i < letters.length(); i++) {
      int less = letters.length() - 1 - (letters.charAt(i) - 'A');
      memory[2 * address + i] = (byte) (bits >> (8 * less));
    }
  }

  private double decoded(RegisterPoint point) throws Exception {
    RegisterBlock block = BlockPlan.of(List.of(point)).getFirst();
    var values = assertInstanceOf(PollResult.Values.class, source.read(1, block));
    return RegisterDecoder.decode(point, block, values.registers());
  }

  @Test
  void readsALongestBlockInOneRequest() throws Exception {
    for (int i = 0; i < 250; i++) {
      slave.input[2 * 1000 + i] = (byte) i;
    }

    var block = new RegisterBlock(RegisterTable.INPUT, 1000, 125, List.of());
    var values = assertInstanceOf(PollResult.Values.class, source.read(1, block));

    assertEquals(125, values.registers().count());
    assertEquals(0xF8F9, values.registers().at(124));
    assertEquals(1, slave.requests.get());
  }

  @ParameterizedTest
  @EnumSource(ExceptionCode.class)
  void tellsTheDevicesExceptionCodeAndGoesOn(ExceptionCode code) throws Exception {
    slave.refused.put(7, code);

    assertEquals(new PollResult.DeviceError(code.getCode()), source.read(1, holding(7, 1)));
    assertInstanceOf(PollResult.Values.class, source.read(1, holding(8, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 7, 8, 250})
  void refusesAnAnswerOfTheWrongLength(int bytes) throws Exception {
    try (var hostile = new HostileSlave(r -> HostileSlave.registers(r, new byte[bytes]));
        ModbusLine victim = Lines.tcp(hostile.port())) {
      PollResult result = victim.read(1, holding(0, 3));

      var wrong = assertInstanceOf(PollResult.WrongCount.class, result);
      assertEquals(3, wrong.expected());
      assertTrue(wrong.answered() != 3, wrong::toString);
      victim.read(1, holding(0, 3));
      assertEquals(2, hostile.connections.get(), "such a connection is not used again");
    }
  }

  @Test
  void refusesAnAnswerToAnotherFunction() throws Exception {
    try (var hostile = new HostileSlave(r -> HostileSlave.answer(r, (byte) 1, new byte[] {1, 0}));
        ModbusLine victim = Lines.tcp(hostile.port())) {
      assertEquals(new PollResult.WrongCount(3, 0), victim.read(1, holding(0, 3)));
    }
  }

  @Test
  void waitsNoLongerThanTheTimeOutAndConnectsAnew() throws Exception {
    try (var hostile = new HostileSlave(HostileSlave.SILENT);
        ModbusLine victim = Lines.hasty(hostile.port())) {
      assertEquals(new PollResult.TimedOut(), victim.read(1, holding(0, 1)), "in a cold JVM");
      long begun = System.nanoTime();
      assertEquals(new PollResult.TimedOut(), victim.read(1, holding(0, 1)));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertTrue(took.toMillis() >= 300 && took.toMillis() < 3_000, () -> "took " + took);
      assertEquals(1, hostile.connections.get(), "a late answer would be known as one");
      assertEquals(new PollResult.TimedOut(), victim.read(1, holding(0, 1)));
      assertEquals(new PollResult.TimedOut(), victim.read(1, holding(0, 1)));
      assertEquals(2, hostile.connections.get(), "where nobody answers it may be the connection");
    }
  }

  /** It comes when the next request has been sent, before the answer to that. */
  @Test
  void passesOverAnAnswerThatCameTooLate() throws Exception {
    List<byte[]> answers = new CopyOnWriteArrayList<>();
    try (var hostile =
            new HostileSlave(
                request -> {
                  byte number = (byte) (answers.size() + 1);
                  answers.add(HostileSlave.registers(request, new byte[] {0, number}));
                  return number == 1 ? new byte[0] : joined(answers);
                });
        ModbusLine victim = Lines.tcp(hostile.port(), Duration.ofSeconds(2))) {
      assertEquals(new PollResult.TimedOut(), victim.read(1, holding(0, 1)));
      var second = assertInstanceOf(PollResult.Values.class, victim.read(1, holding(0, 1)));

      assertEquals(2, second.registers().at(0));
      assertEquals(1, hostile.connections.get());
    }
  }

  private static byte[] joined(List<byte[]> parts) {
    var whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  private static void pause(Duration span) {
    try {
      Thread.sleep(span);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void connectsAnewWithinTheSameReadWhereTheDeviceHadHungUpMeanwhile() throws Exception {
    var requests = new AtomicInteger();
    try (var hostile =
            new HostileSlave(
                request -> {
                  if (requests.incrementAndGet() == 2) {
                    throw new IllegalStateException("hang up");
                  }
                  return HostileSlave.registers(request, new byte[2]);
                });
        ModbusLine victim = Lines.tcp(hostile.port())) {
      assertInstanceOf(PollResult.Values.class, victim.read(1, holding(0, 1)));
      assertInstanceOf(PollResult.Values.class, victim.read(1, holding(0, 1)));
      assertEquals(2, hostile.connections.get());
    }
  }

  /** As gateways do when a unit behind them is silent: the neighbours wait for one time-out. */
  @Test
  void whoeverHangsUpLateIsNotGivenAnotherTimeOut() throws Exception {
    var requests = new AtomicInteger();
    try (var hostile =
            new HostileSlave(
                request -> {
                  int number = requests.incrementAndGet();
                  if (number == 2) {
                    pause(Duration.ofMillis(2_500));
                    throw new IllegalStateException("hang up");
                  }
                  return number == 1 ? HostileSlave.registers(request, new byte[2]) : new byte[0];
                });
        ModbusLine victim = Lines.tcp(hostile.port(), Duration.ofSeconds(3))) {
      assertInstanceOf(PollResult.Values.class, victim.read(1, holding(0, 1)));
      long begun = System.nanoTime();
      PollResult result = victim.read(1, holding(0, 1));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertTrue(!(result instanceof PollResult.Values), result::toString);
      assertTrue(took.toMillis() < 5_000, () -> "took " + took);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 9, 10})
  void aHalfFrameIsNoAnswer(int bytes) throws Exception {
    var requests = new AtomicInteger();
    try (var hostile =
            new HostileSlave(
                request -> {
                  byte[] answer = HostileSlave.registers(request, new byte[2]);
                  return requests.incrementAndGet() == 1 ? Arrays.copyOf(answer, bytes) : answer;
                });
        ModbusLine victim = Lines.tcp(hostile.port(), Duration.ofSeconds(1))) {
      assertEquals(
          new PollResult.WrongAnswer("broke off in the midst of an answer"),
          victim.read(1, holding(0, 1)));
      victim.read(1, holding(0, 1));
      assertEquals(2, hostile.connections.get(), "such a connection is not used again");
    }
  }

  @Test
  void readsCoilsAndDiscreteInputs() throws Exception {
    slave.coils[3] = true;
    slave.coils[19] = true;
    slave.discretes[3] = true;
    for (RegisterTable table : List.of(RegisterTable.COIL, RegisterTable.DISCRETE)) {
      var block = new RegisterBlock(table, 3, 17, List.of());
      var values = assertInstanceOf(PollResult.Values.class, source.read(1, block));

      assertEquals(17, values.registers().count());
      assertEquals(1, values.registers().at(0), table::toString);
      assertEquals(0, values.registers().at(1), table::toString);
      assertEquals(table == RegisterTable.COIL ? 1 : 0, values.registers().at(16));
    }
  }

  @Test
  void readsTheMostBitsInOneRequest() throws Exception {
    slave.coils[1_999] = true;
    var block = new RegisterBlock(RegisterTable.COIL, 0, 2_000, List.of());
    var values = assertInstanceOf(PollResult.Values.class, source.read(1, block));

    assertEquals(1, values.registers().at(1_999));
    assertEquals(1, slave.requests.get());
  }

  @Test
  void ignoresAnswersToWhatWasNotAsked() throws Exception {
    try (var hostile =
            new HostileSlave(
                request -> {
                  byte[] answer = HostileSlave.registers(request, new byte[2]);
                  answer[1] = (byte) (answer[1] + 5);
                  return answer;
                });
        ModbusLine victim = Lines.tcp(hostile.port())) {
      assertInstanceOf(PollResult.WrongAnswer.class, victim.read(1, holding(0, 1)));
    }
  }

  @Test
  void survivesGarbage() throws Exception {
    try (var hostile = new HostileSlave(request -> new byte[300]);
        ModbusLine victim = Lines.tcp(hostile.port())) {
      PollResult result = victim.read(1, holding(0, 1));

      assertTrue(!(result instanceof PollResult.Values), result::toString);
    }
  }

  @Test
  void noticesAtOnceThatTheDeviceHungUp() throws Exception {
    try (var hostile = new HostileSlave(HostileSlave.HANGING_UP);
        ModbusLine victim = Lines.tcp(hostile.port())) {
      assertInstanceOf(PollResult.HungUp.class, victim.read(1, holding(0, 1)));
    }
  }

  @Test
  void aDeviceThatIsOffIsUnreachable() throws Exception {
    int port = slave.port();
    slave.close();

    assertInstanceOf(PollResult.Unreachable.class, source.read(1, holding(0, 1)));

    slave = new PlantSlave(port);
    assertInstanceOf(PollResult.Values.class, source.read(1, holding(0, 1)));
  }

  @Test
  void readsNothingAfterItWasClosed() throws Exception {
    source.close();

    assertInstanceOf(PollResult.Unreachable.class, source.read(1, holding(0, 1)));
  }

  static RegisterBlock holding(int start, int count) {
    return new RegisterBlock(RegisterTable.HOLDING, start, count, List.of());
  }
}
