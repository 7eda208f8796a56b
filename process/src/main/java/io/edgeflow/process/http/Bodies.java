package io.edgeflow.process.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on their way to clients. Together they are bounded, and each must be taken within some
 * time: many who read slowly must not fill the memory. Event loop.
 */
final class Bodies {
  private static final Logger log = LoggerFactory.getLogger(Bodies.class);

  private static final long MOST_BYTES = 128L << 20;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** The socket takes as much at once: nothing waits. */
  private static final int SMALL = 16 << 10;

  private final Duration patience;
  private final AtomicLong held = new AtomicLong();

  Bodies(Duration patience) {
    this.patience = patience;
  }

  void send(HttpServerRequest request, Context context, Answer answer) {
    int length = answer.body().length;
    if (length <= SMALL) {
      request.response().end(Buffer.buffer(answer.body()));
      return;
    }
    if (held.get() + length > MOST_BYTES) {
      refuse(request);
      return;
    }
    held.addAndGet(length);
    long timer = context.owner().setTimer(patience.toMillis(), _ -> cut(request));
    request
        .response()
        .end(Buffer.buffer(answer.body()))
        .onComplete(
            _ -> {
              context.owner().cancelTimer(timer);
              held.addAndGet(-length);
            });
  }

  private static void refuse(HttpServerRequest request) {
    Answer busy = Answer.busy("too many answers are not taken yet", RETRY_AFTER);
    busy.headers().forEach(request.response()::putHeader);
    request
        .response()
        .setStatusCode(busy.status())
        .putHeader("content-type", busy.contentType())
        .end(Buffer.buffer(busy.body()));
  }

  private static void cut(HttpServerRequest request) {
    log.info("a client takes an answer too slowly and is disconnected path={}", request.path());
    Cut.off(request);
  }
}
