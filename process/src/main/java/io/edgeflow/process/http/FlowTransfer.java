package io.edgeflow.process.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a {@link Flow}: a slow client holds one piece of memory and no thread, and is cut off when
 * it does not take a piece in time. Lives on the event loop.
 */
final class FlowTransfer {
  private static final Logger log = LoggerFactory.getLogger(FlowTransfer.class);

  /** Until the pool is asked again, when it was full. */
  private static final long AGAIN_MILLIS = 50;

  private final Workers workers;
  private final HttpServerRequest request;
  private final Context context;
  private final Flow flow;
  private final long patienceMillis;
  private final String owner;
  private final Runnable onEnd;
  private boolean ended;

  FlowTransfer(
      Workers workers,
      HttpServerRequest request,
      Context context,
      Flow flow,
      Duration patience,
      String owner,
      Runnable onEnd) {
    this.workers = workers;
    this.request = request;
    this.context = context;
    this.flow = flow;
    this.patienceMillis = patience.toMillis();
    this.owner = owner;
    this.onEnd = onEnd;
  }

  void begin() {
    if (request.response().ended() || request.response().closed()) {
      end();
      return;
    }
    request.response().closeHandler(_ -> end());
    request.response().exceptionHandler(gone -> log.debug("a long answer is left", gone));
    flow.headers().forEach(request.response()::putHeader);
    request.response().putHeader("content-type", flow.contentType());
    if (request.method().name().equals("HEAD")) {
      request.response().end();
      end();
      return;
    }
    request.response().setChunked(true);
    proceed();
  }

  private void proceed() {
    if (!ended && !workers.offer(owner, this::make)) {
      context.owner().setTimer(AGAIN_MILLIS, _ -> proceed());
    }
  }

  private void make() {
    try {
      byte[] piece = flow.source().next();
      context.runOnContext(_ -> write(piece));
    } catch (Exception failed) {
      log.warn("a long answer ends early path={}: {}", request.path(), failed.toString());
      context.runOnContext(_ -> request.connection().close());
    }
  }

  private void write(byte[] piece) {
    if (ended) {
      return;
    }
    if (piece.length == 0) {
      request.response().end();
      end();
      return;
    }
    long timer = context.owner().setTimer(patienceMillis, _ -> cut());
    request
        .response()
        .write(Buffer.buffer(piece))
        .onComplete(
            written -> {
              context.owner().cancelTimer(timer);
              if (written.succeeded()) {
                proceed();
              }
            });
  }

  private void cut() {
    log.info("a client takes a long answer too slowly and is disconnected path={}", request.path());
    Cut.off(request);
  }

  private void end() {
    if (!ended) {
      ended = true;
      onEnd.run();
    }
  }
}
