package io.edgeflow.lab.sim;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A Modbus TCP server on loopback whose registers show the plant's signals, and whose coils slow
 * its pumps down.
 */
public final class PlantSlave implements AutoCloseable {
  /** Reading beyond it is answered as a small device would: "no such register". */
  private static final int REGISTERS = 1_000;

  private final CompletableFuture<Integer> bound = new CompletableFuture<>();
  private final ModbusTcpServer server;

  private PlantSlave(int port, PlantLayout layout, LongSupplier clockMicros) {
    server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                c ->
                    c.setBindAddress("127.0.0.1")
                        .setPort(port)
                        .setBootstrapCustomizer(b -> b.handler(new PortReader()))),
            new Plant(layout, clockMicros));
  }

  /**
   * Listens.
   *
   * @param port 0 picks a free one
   * @param clockMicros the time whose values are shown
   */
  public static PlantSlave start(int port, PlantLayout layout, LongSupplier clockMicros)
      throws IOException, InterruptedException {
    var slave = new PlantSlave(port, layout, clockMicros);
    try {
      slave.server.start();
      return slave;
    } catch (ExecutionException failure) {
      throw new IOException("cannot listen for Modbus on port " + port, failure.getCause());
    }
  }

  public int port() {
    return bound.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the Modbus server did not stop", failure.getCause());
    }
  }

  private final class PortReader extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      bound.complete(((InetSocketAddress) context.channel().localAddress()).getPort());
      super.channelActive(context);
    }
  }

  private static final class Plant implements ModbusServices {
    private final Map<Integer, List<SlavePoint>> units;
    private final Map<Integer, Drive> coils;
    private final LongSupplier clockMicros;

    Plant(PlantLayout layout, LongSupplier clockMicros) {
      this.units = layout.slaves().stream().collect(Collectors.groupingBy(SlavePoint::unitId));
      this.coils =
          layout.pumps().stream().collect(Collectors.toMap(DrivenPump::address, DrivenPump::drive));
      this.clockMicros = clockMicros;
    }

    @Override
    public ReadHoldingRegistersResponse readHoldingRegisters(
        ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
        throws ModbusResponseException, UnknownUnitIdException {
      check(FunctionCode.READ_HOLDING_REGISTERS, request.address(), request.quantity());
      return new ReadHoldingRegistersResponse(
          registers(unit, RegisterTable.HOLDING, request.address(), request.quantity()));
    }

    @Override
    public ReadInputRegistersResponse readInputRegisters(
        ModbusRequestContext context, int unit, ReadInputRegistersRequest request)
        throws ModbusResponseException, UnknownUnitIdException {
      check(FunctionCode.READ_INPUT_REGISTERS, request.address(), request.quantity());
      return new ReadInputRegistersResponse(
          registers(unit, RegisterTable.INPUT, request.address(), request.quantity()));
    }

    @Override
    public ReadCoilsResponse readCoils(
        ModbusRequestContext context, int unit, ReadCoilsRequest request)
        throws ModbusResponseException, UnknownUnitIdException {
      byte[] bits = new byte[(request.quantity() + Byte.SIZE - 1) / Byte.SIZE];
      for (int i = 0; i < request.quantity(); i++) {
        if (coil(FunctionCode.READ_COILS, unit, request.address() + i).isSlow()) {
          bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
        }
      }
      return new ReadCoilsResponse(bits);
    }

    @Override
    public WriteSingleCoilResponse writeSingleCoil(
        ModbusRequestContext context, int unit, WriteSingleCoilRequest request)
        throws ModbusResponseException, UnknownUnitIdException {
      Drive drive = coil(FunctionCode.WRITE_SINGLE_COIL, unit, request.address());
      drive.slow(request.value() != 0, clockMicros.getAsLong());
      return new WriteSingleCoilResponse(request.address(), request.value());
    }

    private Drive coil(FunctionCode function, int unit, int address)
        throws ModbusResponseException, UnknownUnitIdException {
      if (!units.containsKey(unit)) {
        throw new UnknownUnitIdException(unit);
      }
      Drive drive = unit == DrivenPump.CONTROLLER_UNIT ? coils.get(address) : null;
      if (drive == null) {
        throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
      }
      return drive;
    }

    private static void check(FunctionCode function, int address, int quantity)
        throws ModbusResponseException {
      if (address + quantity > REGISTERS) {
        throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
      }
    }

    private byte[] registers(int unit, RegisterTable table, int address, int quantity)
        throws UnknownUnitIdException {
      List<SlavePoint> points = units.get(unit);
      if (points == null) {
        throw new UnknownUnitIdException(unit);
      }
      return RegisterImage.of(points, table, address, quantity, clockMicros.getAsLong());
    }
  }
}
