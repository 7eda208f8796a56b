package io.edgeflow.process.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener to server-sent events. What was handed over and has not reached the socket is
 * counted in bytes: beyond the limit the connection is closed.
 */
final class EventClient implements EventSink {
  private static final Logger log = LoggerFactory.getLogger(EventClient.class);

  /** A comment: keeps proxies awake and finds out who has gone. */
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);

  private final HttpServerRequest request;
  private final Context context;
  private final int limitBytes;
  private final Runnable onGone;

  private final AtomicLong pending = new AtomicLong();
  private volatile boolean gone;

  // Owned by the event loop.
  private boolean begun;
  private boolean left;
  private long timer = -1;
  private @Nullable AutoCloseable feed;

  EventClient(HttpServerRequest request, Context context, int limitBytes, Runnable onGone) {
    this.request = request;
    this.context = context;
    this.limitBytes = limitBytes;
    this.onGone = onGone;
    request.response().closeHandler(_ -> end());
    request.response().exceptionHandler(_ -> end());
  }

  @Override
  public boolean send(String event, String data) {
    String lines = data.replace("\n", "\ndata: ");
    return offer(
        "event: %s\ndata: %s\n\n".formatted(event, lines).getBytes(StandardCharsets.UTF_8));
  }

  /** The handler feeds this client from now on. Event loop. */
  void begin(AutoCloseable newFeed, long heartbeatMillis) {
    feed = newFeed;
    if (gone) {
      closeFeed();
      return;
    }
    headers();
    timer = context.owner().setPeriodic(heartbeatMillis, _ -> offer(HEARTBEAT));
  }

  boolean hasBegun() {
    return begun;
  }

  private boolean offer(byte[] bytes) {
    if (gone) {
      return false;
    }
    if (pending.addAndGet(bytes.length) > limitBytes) {
      gone = true;
      log.info("a listener to events was too slow and is disconnected");
      context.runOnContext(_ -> Cut.off(request));
      return false;
    }
    context.runOnContext(_ -> write(bytes));
    return true;
  }

  private void write(byte[] bytes) {
    if (gone) {
      return;
    }
    headers();
    request
        .response()
        .write(Buffer.buffer(bytes))
        .onComplete(_ -> pending.addAndGet(-bytes.length));
  }

  private void headers() {
    if (begun) {
      return;
    }
    begun = true;
    HttpServerResponse response = request.response();
    response
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store")
        .putHeader("x-accel-buffering", "no")
        // Compressed, an event would wait for the next ones.
        .putHeader("content-encoding", "identity")
        .setChunked(true);
    pending.addAndGet(RETRY.length);
    write(RETRY);
  }

  /**
   * The connection ended, or the handler refused. Event loop; its place is freed once, however
   * often this is told.
   */
  void end() {
    gone = true;
    context.owner().cancelTimer(timer);
    closeFeed();
    if (!left) {
      left = true;
      onGone.run();
    }
  }

  private void closeFeed() {
    AutoCloseable closing = feed;
    feed = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (Exception failed) {
        log.warn("the feed of a listener to events failed to close", failed);
      }
    }
  }
}
