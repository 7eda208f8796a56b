package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes to a real Modbus TCP server of another library. */
@Timeout(60)
final class RegisterWriteTest {
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

  @Test
  void writesACoilAndReadsItBack() throws Exception {
    assertEquals(
        new WriteResult.Written("true"), source.write(1, new RegisterWrite.Coil(7, true), true));
    assertTrue(slave.coils[7]);
    assertEquals(
        new WriteResult.Written("false"), source.write(1, new RegisterWrite.Coil(7, false), true));
    assertFalse(slave.coils[7]);
    assertEquals(
        List.of(FunctionCode.WRITE_SINGLE_COIL, FunctionCode.WRITE_SINGLE_COIL),
        List.copyOf(slave.writes));
  }

  @Test
  void asksForNothingWhenItIsNotToReadBack() throws Exception {
    assertEquals(
        new WriteResult.Written(""), source.write(1, new RegisterWrite.Coil(7, true), false));
    assertEquals(1, slave.requests.get());
  }

  @ParameterizedTest
  @EnumSource(
      value = RegisterType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BIT", "STRING"})
  void whatIsWrittenIsWhatIsRead(RegisterType type) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (RegisterOrder order : RegisterOrder.values()) {
      for (int round = 0; round < 20; round++) {
        double number = number(type, random);
        int address = random.nextInt(65_536 - type.registers());
        List<Integer> registers = RegisterEncoder.encode(number, type, order);
        var write = new RegisterWrite.Holding(address, registers);
        assertEquals(
            new WriteResult.Written(write.words()), source.write(1, write, true), "seed " + seed);
        var point = new RegisterPoint("plc/x", RegisterTable.HOLDING, address, type, order, 1, 0);
        RegisterBlock block = BlockPlan.of(List.of(point)).getFirst();
        var values = assertInstanceOf(PollResult.Values.class, source.read(1, block));
        assertEquals(number, RegisterDecoder.decode(point, block, values.registers()));
      }
    }
    FunctionCode expected =
        type.registers() == 1
            ? FunctionCode.WRITE_SINGLE_REGISTER
            : FunctionCode.WRITE_MULTIPLE_REGISTERS;
    assertTrue(slave.writes.stream().allMatch(expected::equals), slave.writes::toString);
  }

  private static double number(RegisterType type, Random random) {
    return switch (type) {
      case BOOL -> random.nextInt(2);
      case BIT, STRING -> throw new IllegalArgumentException("is not written");
      case INT16 -> (short) random.nextInt();
      case UINT16 -> random.nextInt(65_536);
      case INT32 -> random.nextInt();
      case UINT32 -> Integer.toUnsignedLong(random.nextInt());
      // What a double cannot hold is rounded: the nearest is what is written and read.
      case INT64 -> random.nextLong();
      case UINT64 -> Math.rint(random.nextDouble() * 0x1p64 * (1 - 0x1p-53));
      case FLOAT32 -> random.nextFloat() * 1000;
      case FLOAT64 -> random.nextGaussian() * 1e9;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "32768, INT16",
    "-1, UINT16",
    "1.5, INT32",
    "4294967296, UINT32",
    "9223372036854775808, INT64",
    "18446744073709551616, UINT64",
    "-1, UINT64",
    "1e39, FLOAT32",
    "Infinity, FLOAT64"
  })
  void writesNoNumberThatDoesNotFit(double number, RegisterType type) {
    assertThrows(
        IllegalArgumentException.class,
        () -> RegisterEncoder.encode(number, type, RegisterOrder.ABCD));
  }

  @Test
  void tellsWhenTheDeviceDoesNotTakeIt() throws Exception {
    slave.stuck.add(7);
    assertEquals(
        new WriteResult.Differs("false"), source.write(1, new RegisterWrite.Coil(7, true), true));
    ByteBuffer.wrap(slave.holding).putShort(14, (short) 99);
    assertEquals(
        new WriteResult.Differs("99"),
        source.write(1, new RegisterWrite.Holding(7, List.of(500)), true));
  }

  @Test
  void tellsTheCodeOfARefusalAndGoesOn() throws Exception {
    slave.refused.put(7, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    assertEquals(
        new WriteResult.DeviceError(2), source.write(1, new RegisterWrite.Coil(7, true), true));
    assertInstanceOf(
        WriteResult.Written.class, source.write(1, new RegisterWrite.Coil(8, true), true));
    var point =
        new RegisterPoint(
            "plc/x", RegisterTable.HOLDING, 1, RegisterType.INT16, RegisterOrder.ABCD, 1, 0);
    assertInstanceOf(
        PollResult.Values.class,
        source.read(1, BlockPlan.of(List.of(point)).getFirst()),
        "the driver goes on as well");
  }

  /** A device confirms a coil by repeating the request; these repeat something else. */
  @ParameterizedTest
  @CsvSource({"1, transaction", "6, unit"})
  void ignoresAnswersToWhatWasNotAsked(int at, String what) throws Exception {
    UnaryOperator<byte[]> other =
        request -> {
          byte[] answer = request.clone();
          answer[at]++;
          return answer;
        };
    try (var hostile = new HostileSlave(other);
        ModbusLine victim = Lines.tcp(hostile.port())) {
      assertEquals(
          new WriteResult.WrongAnswer(),
          victim.write(1, new RegisterWrite.Coil(7, true), false),
          what);
      victim.write(1, new RegisterWrite.Coil(7, true), false);
      assertEquals(2, hostile.connections.get(), "such a connection is not used again");
    }
  }

  @ParameterizedTest
  @CsvSource({"9, address", "10, value"})
  void believesNoConfirmationOfSomethingElse(int at, String what) throws Exception {
    UnaryOperator<byte[]> other =
        request -> {
          byte[] answer = request.clone();
          answer[at] ^= (byte) 0xFF;
          return answer;
        };
    try (var hostile = new HostileSlave(other);
        ModbusLine victim = Lines.tcp(hostile.port())) {
      assertEquals(
          new WriteResult.WrongAnswer(),
          victim.write(1, new RegisterWrite.Coil(7, true), false),
          what);
    }
  }

  /** Behind an answer of another length nothing can be trusted, here no more than in a poll. */
  @ParameterizedTest
  @CsvSource({"0, 7", "4, 7", "250, 65535"})
  void believesNoReadBackOfAnotherLength(int bytes, int address) throws Exception {
    try (var hostile =
            new HostileSlave(
                request ->
                    request[7] == 6 ? request : HostileSlave.registers(request, new byte[bytes]));
        ModbusLine victim = Lines.tcp(hostile.port())) {
      var write = new RegisterWrite.Holding(address, List.of(0));
      assertEquals(new WriteResult.WrongAnswer(), victim.write(1, write, true));
      victim.write(1, write, false);
      assertEquals(2, hostile.connections.get(), "such a connection is not used again");
    }
  }

  @Test
  void tellsWhenNobodyIsThere() throws Exception {
    slave.close();
    assertInstanceOf(
        WriteResult.Unreachable.class, source.write(1, new RegisterWrite.Coil(7, true), true));
  }
}
