package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilResponse;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusRtuServer;
import com.digitalpetri.modbus.server.ModbusServer;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyRtuServerTransport;
import com.digitalpetri.modbus.tcp.server.NettyServerTransportConfig;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.edgeflow.loopback.Loopback;
import java.net.BindException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real Modbus TCP server of another library, with one memory per table, on a free port. */
public final class PlantSlave implements AutoCloseable {
  public final byte[] holding = new byte[2 * 65_536];
  final byte[] input = new byte[2 * 65_536];
  public final boolean[] coils = new boolean[65_536];
  final boolean[] discretes = new boolean[65_536];

  /** Coils and registers that confirm every write and stay as they are. */
  public final Set<Integer> stuck = ConcurrentHashMap.newKeySet();

  /** The functions of all writes, in order. */
  final Queue<FunctionCode> writes = new ConcurrentLinkedQueue<>();

  final AtomicInteger requests = new AtomicInteger();

  /** Addresses that answer with an exception when a block touches them. */
  final ConcurrentHashMap<Integer, ExceptionCode> refused = new ConcurrentHashMap<>();

  private final int port;
  private final ModbusServer server;

  public PlantSlave() throws Exception {
    this(Loopback.freePort());
  }

  PlantSlave(int port) throws Exception {
    this(port, false);
  }

  /** With the frames of a serial line. */
  static PlantSlave rtu() throws Exception {
    return new PlantSlave(Loopback.freePort(), true);
  }

  private PlantSlave(int port, boolean rtu) throws Exception {
    this.port = port;
    Consumer<NettyServerTransportConfig.Builder> settings =
        c -> c.setBindAddress("127.0.0.1").setPort(port);
    server =
        rtu
            ? ModbusRtuServer.create(NettyRtuServerTransport.create(settings), new Memory())
            : ModbusTcpServer.create(NettyTcpServerTransport.create(settings), new Memory());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!started()) {
      assertTrue(System.nanoTime() < deadline, () -> "port " + port + " stays in use");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Whoever comes back under an earlier port may find it in use for a moment. */
  private boolean started() throws Exception {
    try {
      server.start();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BindException) {
        return false;
      }
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /** Returns when nobody gets in any more: NIO lets go of a port only at its next look. */
  @Override
  public void close() {
    try {
      server.stop();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (Loopback.answers(port)) {
        assertTrue(System.nanoTime() < deadline, () -> "port " + port + " stays open");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private final class Memory implements ModbusServices {
    @Override
    public ReadHoldingRegistersResponse readHoldingRegisters(
        ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
        throws ModbusResponseException {
      FunctionCode function = FunctionCode.READ_HOLDING_REGISTERS;
      return new ReadHoldingRegistersResponse(
          read(holding, function, request.address(), request.quantity()));
    }

    @Override
    public ReadInputRegistersResponse readInputRegisters(
        ModbusRequestContext context, int unit, ReadInputRegistersRequest request)
        throws ModbusResponseException {
      FunctionCode function = FunctionCode.READ_INPUT_REGISTERS;
      return new ReadInputRegistersResponse(
          read(input, function, request.address(), request.quantity()));
    }

    @Override
    public ReadCoilsResponse readCoils(
        ModbusRequestContext context, int unit, ReadCoilsRequest request)
        throws ModbusResponseException {
      check(FunctionCode.READ_COILS, request.address(), request.quantity());
      return new ReadCoilsResponse(bits(coils, request.address(), request.quantity()));
    }

    @Override
    public ReadDiscreteInputsResponse readDiscreteInputs(
        ModbusRequestContext context, int unit, ReadDiscreteInputsRequest request)
        throws ModbusResponseException {
      check(FunctionCode.READ_DISCRETE_INPUTS, request.address(), request.quantity());
      return new ReadDiscreteInputsResponse(bits(discretes, request.address(), request.quantity()));
    }

    private static byte[] bits(boolean[] memory, int address, int quantity) {
      byte[] bits = new byte[(quantity + 7) / 8];
      for (int i = 0; i < quantity; i++) {
        bits[i / 8] |= (byte) (memory[address + i] ? 1 << i % 8 : 0);
      }
      return bits;
    }

    @Override
    public WriteMultipleCoilsResponse writeMultipleCoils(
        ModbusRequestContext context, int unit, WriteMultipleCoilsRequest request)
        throws ModbusResponseException {
      check(FunctionCode.WRITE_MULTIPLE_COILS, request.address(), request.quantity());
      writes.add(FunctionCode.WRITE_MULTIPLE_COILS);
      for (int i = 0; i < request.quantity(); i++) {
        coils[request.address() + i] = (request.values()[i / 8] >> i % 8 & 1) == 1;
      }
      return new WriteMultipleCoilsResponse(request.address(), request.quantity());
    }

    @Override
    public WriteSingleCoilResponse writeSingleCoil(
        ModbusRequestContext context, int unit, WriteSingleCoilRequest request)
        throws ModbusResponseException {
      check(FunctionCode.WRITE_SINGLE_COIL, request.address(), 1);
      writes.add(FunctionCode.WRITE_SINGLE_COIL);
      if (!stuck.contains(request.address())) {
        coils[request.address()] = request.value() == 0xFF00;
      }
      return new WriteSingleCoilResponse(request.address(), request.value());
    }

    @Override
    public WriteSingleRegisterResponse writeSingleRegister(
        ModbusRequestContext context, int unit, WriteSingleRegisterRequest request)
        throws ModbusResponseException {
      check(FunctionCode.WRITE_SINGLE_REGISTER, request.address(), 1);
      writes.add(FunctionCode.WRITE_SINGLE_REGISTER);
      byte[] value = {(byte) (request.value() >> 8), (byte) request.value()};
      store(request.address(), value);
      return new WriteSingleRegisterResponse(request.address(), request.value());
    }

    @Override
    public WriteMultipleRegistersResponse writeMultipleRegisters(
        ModbusRequestContext context, int unit, WriteMultipleRegistersRequest request)
        throws ModbusResponseException {
      check(FunctionCode.WRITE_MULTIPLE_REGISTERS, request.address(), request.quantity());
      writes.add(FunctionCode.WRITE_MULTIPLE_REGISTERS);
      store(request.address(), request.values());
      return new WriteMultipleRegistersResponse(request.address(), request.quantity());
    }

    private void store(int address, byte[] values) {
      if (!stuck.contains(address)) {
        System.arraycopy(values, 0, holding, 2 * address, values.length);
      }
    }

    private byte[] read(byte[] memory, FunctionCode function, int address, int quantity)
        throws ModbusResponseException {
      check(function, address, quantity);
      return java.util.Arrays.copyOfRange(memory, 2 * address, 2 * (address + quantity));
    }

    private void check(FunctionCode function, int address, int quantity)
        throws ModbusResponseException {
      requests.incrementAndGet();
      for (int at = address; at < address + quantity; at++) {
        @Nullable ExceptionCode code = refused.get(at);
        if (code != null) {
          throw new ModbusResponseException(function, code);
        }
      }
    }
  }
}
