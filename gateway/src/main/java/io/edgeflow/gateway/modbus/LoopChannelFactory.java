package io.edgeflow.gateway.modbus;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import org.apache.plc4x.java.api.exceptions.PlcConnectionException;
import org.apache.plc4x.java.spi.connection.ChannelFactory;

/**
 * Connects for PLC4X. Its own factory starts a thread for every attempt, waits two seconds for it
 * at every close, and prints a stack trace for every device that is off.
 */
final class LoopChannelFactory implements ChannelFactory {
  private final ModbusDevice device;
  private final EventLoopGroup loop;
  private final AnswerTap tap;

  LoopChannelFactory(ModbusDevice device, EventLoopGroup loop, AnswerTap tap) {
    this.device = device;
    this.loop = loop;
    this.tap = tap;
  }

  @Override
  public Channel createChannel(ChannelHandler handler) throws PlcConnectionException {
    // The name is resolved here, on the device's thread: on the shared one it would hold up others.
    var address = new InetSocketAddress(device.host(), device.port());
    if (address.isUnresolved()) {
      throw new PlcConnectionException("unknown host " + device.host());
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) device.timeout().toMillis())
            .handler(handler)
            .connect(address);
    return established(connecting);
  }

  private static Channel established(ChannelFuture connecting) throws PlcConnectionException {
    try {
      connecting.await();
    } catch (InterruptedException stopping) {
      var _ = connecting.channel().close();
      Thread.currentThread().interrupt();
      throw new PlcConnectionException(stopping);
    }
    if (!connecting.isSuccess()) {
      throw new PlcConnectionException(connecting.cause());
    }
    return connecting.channel();
  }

  @Override
  public boolean isPassive() {
    return false;
  }

  @Override
  public void initializePipeline(ChannelPipeline pipeline) {
    pipeline.addLast("janitor", new DriverJanitor(tap));
  }
}
