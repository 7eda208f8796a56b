package io.edgeflow.gateway.modbus;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real Modbus TCP server of another library, with one memory per table, on a free port. */
final class PlantSlave implements AutoCloseable {
  final byte[] holding = new byte[2 * 65_536];
  final byte[] input = new byte[2 * 65_536];
  final AtomicInteger requests = new AtomicInteger();

  /** Addresses that answer with an exception when a block touches them. */
  final ConcurrentHashMap<Integer, ExceptionCode> refused = new ConcurrentHashMap<>();

  private final CompletableFuture<Integer> bound = new CompletableFuture<>();
  private final ModbusTcpServer server;

  PlantSlave() throws Exception {
    this(0);
  }

  PlantSlave(int port) throws Exception {
    server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                c ->
                    c.setBindAddress("127.0.0.1")
                        .setPort(port)
                        .setBootstrapCustomizer(b -> b.handler(new PortReader()))),
            new Memory());
    server.start();
  }

  int port() {
    return bound.join();
  }

  @Override
  public void close() throws ExecutionException {
    try {
      server.stop();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private final class PortReader extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      bound.complete(((InetSocketAddress) context.channel().localAddress()).getPort());
      super.channelActive(context);
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

    private byte[] read(byte[] memory, FunctionCode function, int address, int quantity)
        throws ModbusResponseException {
      requests.incrementAndGet();
      for (int at = address; at < address + quantity; at++) {
        @Nullable ExceptionCode code = refused.get(at);
        if (code != null) {
          throw new ModbusResponseException(function, code);
        }
      }
      return java.util.Arrays.copyOfRange(memory, 2 * address, 2 * (address + quantity));
    }
  }
}
