package io.edgeflow.process.http;

import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.settings.Loopback;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on routes that the composition root gives it. Sockets live on the event loop of the
 * given Vert.x; handlers run on a bounded pool of workers, and what finds no room there is answered
 * 503. Beyond loopback it demands credentials.
 */
public final class WebServer implements AutoCloseable {
  /** The first one of a process loads its classes by the way, on a processor that others use. */
  private static final Duration BINDING = Duration.ofSeconds(15);

  private static final int MAX_CONNECTIONS = 512;
  private static final int IDLE_SECONDS = 60;
  private static final int COMPRESS_FROM_BYTES = 1024;

  /** A question may name a thousand series. */
  private static final int MAX_ADDRESS_BYTES = 64 << 10;

  private final HttpServer server;
  private final Service service;
  private final String host;

  private WebServer(HttpServer server, Service service, String host) {
    this.server = server;
    this.service = service;
    this.host = host;
  }

  /** Starts a server that everyone on this machine may use. */
  public static WebServer start(Vertx vertx, WebSettings settings, Routes routes)
      throws IOException {
    return start(vertx, settings, routes, Optional.empty());
  }

  /**
   * Returns when the port is bound.
   *
   * @throws IOException if the address cannot be bound, or is beyond loopback without credentials
   */
  public static WebServer start(
      Vertx vertx, WebSettings settings, Routes routes, Optional<Credentials> credentials)
      throws IOException {
    String host = settings.host();
    if (!Loopback.holds(host) && credentials.isEmpty()) {
      throw new IOException(
          "the web server on " + host + " would be open to strangers: configure users");
    }
    var service = new Service(settings, routes, credentials);
    HttpServer server = vertx.createHttpServer(options());
    limitConnections(server);
    server.requestHandler(
        request -> new Exchange(service, request, vertx.getOrCreateContext()).run());
    EventLoop.await(
        server.listen(settings.port(), host),
        BINDING,
        "no web server on %s:%d (does it run already? else set another http.port)"
            .formatted(host, settings.port()));
    return new WebServer(server, service, host);
  }

  /** The port that was bound. */
  public int port() {
    return server.actualPort();
  }

  /** The address to tell people; a listener on all interfaces is shown as localhost. */
  public URI address() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String name = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port());
  }

  /** Ends every connection, streams included. Call it from no event loop. */
  @Override
  public void close() throws IOException {
    try {
      EventLoop.await(server.close(), EventLoop.ENDING, "the web server did not close");
    } finally {
      service.close();
    }
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setIdleTimeout(IDLE_SECONDS)
        .setMaxInitialLineLength(MAX_ADDRESS_BYTES)
        .setTcpNoDelay(true)
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(true)
        .setCompressionContentSizeThreshold(COMPRESS_FROM_BYTES)
        .setHandle100ContinueAutomatically(true);
  }

  private static void limitConnections(HttpServer server) {
    var connections = new AtomicInteger();
    server.connectionHandler(
        connection -> {
          connection.closeHandler(_ -> connections.decrementAndGet());
          if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connection.close();
          }
        });
  }
}
