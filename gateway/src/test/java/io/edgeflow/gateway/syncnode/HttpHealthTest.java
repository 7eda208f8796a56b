package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.syncnode.Health.Observed;
import io.edgeflow.gateway.syncnode.SyncNodeConfig.HealthConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a program answers that does badly. */
final class HttpHealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Whoever waited for it for ever would never go back to the version before. */
  @Test
  void whatHangsInTheMidstOfItsAnswerIsUnwell() throws Exception {
    var hangs = new AtomicBoolean();
    var door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.createContext("/", exchange -> answer(exchange, hangs.get()));
    door.start();
    try (var health = new HttpHealth(config(door.getAddress().getPort()), PATIENCE)) {
      // With the first one all that it needs is loaded, and there is a connection.
      Await.until("a whole answer", () -> health.ask() instanceof Observed.Well);
      hangs.set(true);
      Observed seen =
          CompletableFuture.supplyAsync(health::ask, Thread::startVirtualThread)
              .get(30, TimeUnit.SECONDS);
      assertEquals(new Observed.Unwell("it does not answer: HttpTimeoutException"), seen);
    } finally {
      door.stop(0);
    }
  }

  private static HealthConfig config(int port) {
    return new HealthConfig(
        URI.create("http://127.0.0.1:" + port),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        0);
  }

  /** An exchange that nobody closes stays open until the other end leaves. */
  private static void answer(HttpExchange exchange, boolean hangs) throws IOException {
    byte[] body = "{}".getBytes(US_ASCII);
    exchange.sendResponseHeaders(200, hangs ? 100 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    if (!hangs) {
      exchange.close();
    }
  }
}
