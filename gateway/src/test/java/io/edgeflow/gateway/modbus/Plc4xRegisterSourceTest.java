package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.digitalpetri.modbus.ExceptionCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Plc4xRegisterSourceTest {
  private final Plc4xRegisters plc4x = new Plc4xRegisters();
  private PlantSlave slave;
  private RegisterSource source;

  @BeforeEach
  void connect() throws Exception {
    slave = new PlantSlave();
    source = plc4x.open(device(slave.port()));
  }

  @AfterEach
  void end() throws Exception {
    source.close();
    plc4x.close();
    slave.close();
  }

  @ParameterizedTest
  @EnumSource(RegisterType.class)
  void everyTypeAndOrderRoundTrips(RegisterType type) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      long bits = round < EDGES.length ? EDGES[round] : random.nextLong();
      int address = random.nextInt(65_536 - type.registers());
      RegisterTable table = round % 2 == 0 ? RegisterTable.HOLDING : RegisterTable.INPUT;
      RegisterOrder order = RegisterOrder.values()[random.nextInt(4)];
      var point = new RegisterPoint("plc/x", table, address, type, order, 1, 0);
      store(table, address, type, order, bits);

      double value = decoded(point);

      assertEquals(
          meaning(type, bits) + 0.0, value, "seed " + seed + " " + point + " bits " + bits);
    }
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
  private static double meaning(RegisterType type, long bits) {
    ByteBuffer bytes = ByteBuffer.allocate(8).putLong(0, bits);
    return switch (type) {
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
      memory[2 * address + i] = (byte) (bits >> 8 * less);
    }
  }

  private double decoded(RegisterPoint point) throws Exception {
    RegisterBlock block = BlockPlan.of(List.of(point)).getFirst();
    var values = assertInstanceOf(PollResult.Values.class, source.read(block));
    return RegisterDecoder.decode(point, block, values.registers());
  }

  @Test
  void readsALongestBlockInOneRequest() throws Exception {
    for (int i = 0; i < 250; i++) {
      slave.input[2 * 1000 + i] = (byte) i;
    }

    var block = new RegisterBlock(RegisterTable.INPUT, 1000, 125, List.of());
    var values = assertInstanceOf(PollResult.Values.class, source.read(block));

    assertEquals(125, values.registers().count());
    assertEquals(0xF8F9, values.registers().at(124));
    assertEquals(1, slave.requests.get());
  }

  @ParameterizedTest
  @EnumSource(ExceptionCode.class)
  void tellsTheDevicesExceptionCodeAndGoesOn(ExceptionCode code) throws Exception {
    slave.refused.put(7, code);

    assertEquals(new PollResult.DeviceError(code.getCode()), source.read(holding(7, 1)));
    assertInstanceOf(PollResult.Values.class, source.read(holding(8, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 7, 8, 250})
  void refusesAnAnswerOfTheWrongLength(int bytes) throws Exception {
    try (var hostile = new HostileSlave(r -> HostileSlave.registers(r, new byte[bytes]));
        RegisterSource victim = plc4x.open(device(hostile.port()))) {
      PollResult result = victim.read(holding(0, 3));

      var wrong = assertInstanceOf(PollResult.WrongCount.class, result);
      assertEquals(3, wrong.expected());
      assertTrue(wrong.answered() != 3, wrong::toString);
      victim.read(holding(0, 3));
      assertEquals(2, hostile.connections.get(), "such a connection is not used again");
    }
  }

  @Test
  void refusesAnAnswerToAnotherFunction() throws Exception {
    try (var hostile = new HostileSlave(r -> HostileSlave.answer(r, (byte) 1, new byte[] {1, 0}));
        RegisterSource victim = plc4x.open(device(hostile.port()))) {
      assertEquals(new PollResult.WrongCount(3, 0), victim.read(holding(0, 3)));
    }
  }

  @Test
  void waitsNoLongerThanTheTimeOutAndConnectsAnew() throws Exception {
    try (var hostile = new HostileSlave(HostileSlave.SILENT);
        RegisterSource victim = plc4x.open(hasty(hostile.port()))) {
      long begun = System.nanoTime();
      assertEquals(new PollResult.TimedOut(), victim.read(holding(0, 1)));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertTrue(took.toMillis() >= 300 && took.toMillis() < 1_500, () -> "took " + took);
      assertEquals(new PollResult.TimedOut(), victim.read(holding(0, 1)));
      assertEquals(2, hostile.connections.get());
    }
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
        RegisterSource victim = plc4x.open(hasty(hostile.port()))) {
      assertEquals(new PollResult.TimedOut(), victim.read(holding(0, 1)));
    }
  }

  @Test
  void survivesGarbage() throws Exception {
    try (var hostile = new HostileSlave(request -> new byte[300]);
        RegisterSource victim = plc4x.open(hasty(hostile.port()))) {
      PollResult result = victim.read(holding(0, 1));

      assertTrue(!(result instanceof PollResult.Values), result::toString);
    }
  }

  @Test
  void noticesAtOnceThatTheDeviceHungUp() throws Exception {
    try (var hostile = new HostileSlave(HostileSlave.HANGING_UP);
        RegisterSource victim = plc4x.open(device(hostile.port()))) {
      assertInstanceOf(PollResult.Unreachable.class, victim.read(holding(0, 1)));
    }
  }

  @Test
  void aDeviceThatIsOffIsUnreachable() throws Exception {
    int port = slave.port();
    slave.close();

    assertInstanceOf(PollResult.Unreachable.class, source.read(holding(0, 1)));

    slave = new PlantSlave(port);
    assertInstanceOf(PollResult.Values.class, source.read(holding(0, 1)));
  }

  @Test
  void readsNothingAfterItWasClosed() throws Exception {
    source.close();

    assertInstanceOf(PollResult.Unreachable.class, source.read(holding(0, 1)));
  }

  static RegisterBlock holding(int start, int count) {
    return new RegisterBlock(RegisterTable.HOLDING, start, count, List.of());
  }

  /** A good device is slow where everything is: the first request of a cold JVM takes long. */
  static ModbusDevice device(int port) {
    return device(port, Duration.ofSeconds(10));
  }

  /** Where none comes. */
  static ModbusDevice hasty(int port) {
    return device(port, Duration.ofMillis(300));
  }

  private static ModbusDevice device(int port, Duration timeout) {
    return new ModbusDevice("plc", "127.0.0.1", port, 1, Duration.ofSeconds(1), timeout, List.of());
  }
}
