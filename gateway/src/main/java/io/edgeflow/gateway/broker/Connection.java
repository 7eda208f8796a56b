package io.edgeflow.gateway.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection as its gate sees it: read or not read, open or closing. */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private @Nullable ChannelHandlerContext context;
  private boolean paused;
  private long pausedNanos;
  private boolean closing;

  /** The gate has its place in the pipeline. */
  void opened(ChannelHandlerContext place) {
    context = place;
    if (place.channel().config().getRecvByteBufAllocator()
        instanceof MaxMessagesRecvByteBufAllocator reads) {
      // One read of at most 64 KiB at a time: what comes in after a pause is bounded by it.
      reads.maxMessagesPerRead(1);
    }
  }

  ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  boolean paused() {
    return paused;
  }

  /** {@code System.nanoTime()} of the last pause's beginning; only while paused. */
  long pausedNanos() {
    return pausedNanos;
  }

  boolean closing() {
    return closing;
  }

  /** What is in the socket stays there, until the sender's own buffers are full as well. */
  void pause() {
    if (!paused) {
      paused = true;
      pausedNanos = System.nanoTime();
    }
    context().channel().config().setAutoRead(false);
  }

  void resume() {
    paused = false;
    context().channel().config().setAutoRead(true);
  }

  void close() {
    if (!closing) {
      closing = true;
      var _ = context().close();
    }
  }

  void closed() {
    closing = true;
  }

  /** Runs this on the connection's event loop; for any thread. */
  void later(Runnable look) {
    try {
      context().executor().execute(look);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("the event loop has ended, and with it the connection");
    }
  }

  void in(long millis, Runnable look) {
    var _ = context().executor().schedule(look, millis, TimeUnit.MILLISECONDS);
  }
}
