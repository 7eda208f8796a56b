package io.edgeflow.lab.slaves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.digitalpetri.modbus.client.ModbusClient;
import com.digitalpetri.modbus.client.ModbusRtuClient;
import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusExecutionException;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.ModbusTimeoutException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.tcp.client.NettyClientTransportConfig;
import com.digitalpetri.modbus.tcp.client.NettyRtuClientTransport;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The units, asked by a client of another library. */
final class SlaveLineTest {
  private static final long NOW = 1_763_672_400_000_000L;
  private static final Duration SOON = Duration.ofSeconds(5);

  @ParameterizedTest
  @EnumSource
  void floatsTellWhichPointOfWhichUnitTheyAre(Framing framing) throws Exception {
    List<SlaveUnit> units = SlaveField.floats(50, 100, () -> NOW);
    try (SlaveLine line = SlaveLine.listen(framing, units);
        var asked = new Asked(client(framing, line.port(), SOON))) {
      for (int unit : new int[] {1, 26, 50}) {
        ByteBuffer holding = ByteBuffer.wrap(holding(asked.client(), unit, 0, 100));
        byte[] input = input(asked.client(), unit, 100, 100);
        for (int point = 0; point < 50; point++) {
          assertEquals(FloatMemory.at(unit, point, NOW), holding.getFloat());
          assertEquals(10 * unit + point / 10.0, FloatMemory.at(unit, point, NOW), 0.041);
        }
        assertEquals(FloatMemory.at(unit, 50, NOW), ByteBuffer.wrap(input).getFloat());
        assertEquals(FloatMemory.at(unit, 99, NOW), ByteBuffer.wrap(input).getFloat(196));
      }
      assertEquals(6, line.requests());
    }
  }

  @ParameterizedTest
  @EnumSource
  void allFourTablesAnswerAndTwoOfThemKeepWhatIsWritten(Framing framing) throws Exception {
    TableMemory memory = TableMemory.usual();
    memory.put(Table.DISCRETE, 9, true);
    memory.put(Table.INPUT, 4, new byte[] {0x12, 0x34});
    try (SlaveLine line = SlaveLine.listen(framing, List.of(new SlaveUnit(7, memory)));
        var asked = new Asked(client(framing, line.port(), SOON))) {
      ModbusClient client = asked.client();
      client.writeSingleCoil(7, new WriteSingleCoilRequest(3, true));
      client.writeMultipleCoils(
          7, new WriteMultipleCoilsRequest(10, 9, new byte[] {(byte) 0b1000_0001, 1}));
      client.writeSingleRegister(7, new WriteSingleRegisterRequest(20, 0xFFFE));
      client.writeMultipleRegisters(
          7, new WriteMultipleRegistersRequest(21, 2, new byte[] {1, 2, 3, 4}));

      byte[] coils = client.readCoils(7, new ReadCoilsRequest(3, 16)).coils();
      // On are 3, 10, 17 and 18.
      assertArrayEquals(new byte[] {(byte) 0b1000_0001, (byte) 0b1100_0000}, coils);
      assertArrayEquals(
          new byte[] {(byte) 0xFF, (byte) 0xFE, 1, 2, 3, 4}, holding(client, 7, 20, 3));
      byte[] discrete = client.readDiscreteInputs(7, new ReadDiscreteInputsRequest(8, 3)).inputs();
      assertArrayEquals(new byte[] {0b10}, discrete);
      assertArrayEquals(new byte[] {0x12, 0x34}, input(client, 7, 4, 1));
    }
  }

  @Test
  void refusesAsDevicesDo() throws Exception {
    var small = new TableMemory(Set.of(Table.HOLDING), 100, 50);
    var units = List.of(new SlaveUnit(1, TableMemory.usual()), new SlaveUnit(2, small));
    try (SlaveLine line = SlaveLine.listen(Framing.TCP, units);
        var asked = new Asked(client(Framing.TCP, line.port(), SOON))) {
      ModbusClient client = asked.client();
      assertEquals(2, refusal(() -> holding(client, 1, 999, 2)));
      assertEquals(3, refusal(() -> holding(client, 1, 0, 126)));
      assertEquals(1, refusal(() -> input(client, 2, 100, 1)));
      assertEquals(2, refusal(() -> holding(client, 2, 99, 1)));
      assertEquals(2, refusal(() -> holding(client, 2, 149, 2)));
      assertEquals(2, holding(client, 2, 149, 1).length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachUnitHasItsOwnPersonality(Framing framing) throws Exception {
    List<SlaveUnit> units = SlaveField.floats(6, 70, () -> NOW);
    units.get(1).become(Personality.dead());
    units.get(2).become(Personality.small(20, 2));
    units.get(3).become(Personality.refusing(6));
    units.get(4).become(Personality.HEALTHY.withSwapped(true));
    units.get(5).become(Personality.refusing(4).withEvery(3));
    try (SlaveLine line = SlaveLine.listen(framing, units);
        var asked = new Asked(client(framing, line.port(), SOON));
        var hasty = new Asked(client(framing, line.port(), Duration.ofMillis(300)))) {
      assertThrows(ModbusTimeoutException.class, () -> holding(hasty.client(), 2, 0, 2));
      ModbusClient client = asked.client();
      assertEquals(40, holding(client, 3, 0, 20).length);
      refuses(framing, 2, () -> holding(client, 3, 0, 21));
      assertEquals(40, client.readCoils(3, new ReadCoilsRequest(0, 320)).coils().length);
      refuses(framing, 2, () -> client.readCoils(3, new ReadCoilsRequest(0, 321)));
      refuses(framing, 6, () -> holding(client, 4, 0, 2));
      int swapped = ByteBuffer.wrap(holding(client, 5, 6, 2)).getInt();
      assertEquals(
          FloatMemory.at(5, 3, NOW), Float.intBitsToFloat(Integer.rotateLeft(swapped, 16)));
      assertEquals(swapped << 16, ByteBuffer.wrap(holding(client, 5, 7, 2)).getInt() & ~0xFFFF);
      assertEquals(4, holding(client, 6, 0, 2).length);
      assertEquals(4, holding(client, 6, 0, 2).length);
      refuses(framing, 4, () -> holding(client, 6, 0, 2));
      assertEquals(4, holding(client, 6, 0, 2).length);
    }
  }

  /** Connects, and in the end disconnects. */
  private record Asked(ModbusClient client) implements AutoCloseable {
    Asked {
      try {
        client.connect();
      } catch (ModbusExecutionException failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void close() throws ModbusExecutionException {
      client.disconnect();
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static int refusal(Call call) {
    return assertThrows(ModbusResponseException.class, call::run).getExceptionCode();
  }

  private static void refuses(Framing framing, int code, Call call) {
    int found = refusal(call);
    // Of RTU frames this client reads the function where the exception is.
    if (framing == Framing.TCP) {
      assertEquals(code, found);
    }
  }

  private static byte[] holding(ModbusClient client, int unit, int address, int count)
      throws Exception {
    var request = new ReadHoldingRegistersRequest(address, count);
    return client.readHoldingRegisters(unit, request).registers();
  }

  private static byte[] input(ModbusClient client, int unit, int address, int count)
      throws Exception {
    var request = new ReadInputRegistersRequest(address, count);
    return client.readInputRegisters(unit, request).registers();
  }

  private static ModbusClient client(Framing framing, int port, Duration patience) {
    Consumer<NettyClientTransportConfig.Builder> where =
        to -> to.setHostname("127.0.0.1").setPort(port);
    return framing == Framing.TCP
        ? ModbusTcpClient.create(
            NettyTcpClientTransport.create(where), c -> c.setRequestTimeout(patience))
        : ModbusRtuClient.create(
            NettyRtuClientTransport.create(where), c -> c.setRequestTimeout(patience));
  }
}
