package io.edgeflow.process.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/** Ends connections of clients that take nothing. Event loop. */
final class Cut {
  private Cut() {}

  /**
   * At once: the usual way is to close behind what is still to be sent, and that would be taken
   * never.
   */
  static void off(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (connection instanceof HttpServerConnection inside) {
      var _ = inside.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }
}
