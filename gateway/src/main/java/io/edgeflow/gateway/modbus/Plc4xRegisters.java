package io.edgeflow.gateway.modbus;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Opens sources over PLC4X that share one I/O thread, and ends that thread. */
public final class Plc4xRegisters implements AutoCloseable {
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("modbus-io", true), NioIoHandler.newFactory());

  /** A source for a device; connects at its first read. */
  public RegisterSource open(ModbusDevice device) {
    return new Plc4xRegisterSource(device, loop);
  }

  /** Close the sources first: their connections end on this thread. */
  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
