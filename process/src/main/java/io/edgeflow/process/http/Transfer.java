package io.edgeflow.process.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer that is sent in pieces. The next one is read when the one before has reached the
 * socket: a client that is slow holds one piece of memory and no thread. Lives on the event loop.
 */
final class Transfer {
  private static final Logger log = LoggerFactory.getLogger(Transfer.class);

  /** Until the pool of readers is asked again, when it was full. */
  private static final long AGAIN_MILLIS = 50;

  private final Workers readers;
  private final HttpServerRequest request;
  private final Context context;
  private final Download download;
  private final String client;
  private final long end;
  private long next;

  Transfer(
      Workers readers,
      HttpServerRequest request,
      Context context,
      Download download,
      ByteRange range) {
    this.readers = readers;
    this.request = request;
    this.context = context;
    this.download = download;
    this.next = range.from();
    this.client = Exchange.client(request);
    this.end = range.to();
  }

  /** The headers are set. */
  void begin() {
    request.response().exceptionHandler(gone -> log.debug("a download is left", gone));
    proceed();
  }

  private void proceed() {
    if (request.response().closed()) {
      return;
    }
    if (next >= end) {
      request.response().end();
      return;
    }
    long offset = next;
    if (!readers.offer(client, () -> read(offset))) {
      context.owner().setTimer(AGAIN_MILLIS, _ -> proceed());
    }
  }

  private void read(long offset) {
    try {
      byte[] piece = download.pieces().from(offset);
      if (piece.length == 0) {
        throw new IllegalStateException("nothing at " + offset + " of " + download.length());
      }
      context.runOnContext(_ -> write(piece));
    } catch (Exception failed) {
      log.warn("a download ends path={} offset={}", request.path(), offset, failed);
      context.runOnContext(_ -> request.connection().close());
    }
  }

  private void write(byte[] piece) {
    if (request.response().closed()) {
      return;
    }
    long asked = Math.min(piece.length, end - next);
    byte[] part = asked == piece.length ? piece : Arrays.copyOf(piece, (int) asked);
    next += asked;
    request
        .response()
        .write(Buffer.buffer(part))
        .onComplete(
            written -> {
              if (written.succeeded()) {
                proceed();
              }
            });
  }
}
