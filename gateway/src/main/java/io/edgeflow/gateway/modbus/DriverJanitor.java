package io.edgeflow.gateway.modbus;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.plc4x.java.spi.Plc4xNettyWrapper;
import org.apache.plc4x.java.spi.events.CloseConnectionEvent;

/**
 * Releases what PLC4X's driver holds for a connection: a timer thread from the moment the pipeline
 * is made, and four workers. The driver lets go of them only if it closes an open connection
 * itself, so each one that the device ended, and each attempt that failed, would leave threads
 * behind. Here they are released on the one way that every channel goes, while the pipeline is
 * still whole.
 */
final class DriverJanitor extends ChannelInboundHandlerAdapter {
  private final AnswerTap tap;

  DriverJanitor(AnswerTap tap) {
    this.tap = tap;
  }

  /** The pipeline is complete now: the tap goes between the codec and the driver. */
  @Override
  public void channelRegistered(ChannelHandlerContext context) throws Exception {
    ChannelHandlerContext driver = context.pipeline().context(Plc4xNettyWrapper.class);
    context.pipeline().addBefore(driver.name(), "tap", tap);
    super.channelRegistered(context);
  }

  @Override
  public void channelUnregistered(ChannelHandlerContext context) throws Exception {
    context.fireUserEventTriggered(new CloseConnectionEvent());
    var _ = context.pipeline().close();
    super.channelUnregistered(context);
  }
}
