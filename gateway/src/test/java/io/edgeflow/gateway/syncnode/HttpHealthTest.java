package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.syncnode.Health.Observed;
import io.edgeflow.gateway.syncnode.SyncNodeConfig.HealthConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a program answers that does badly. */
final class HttpHealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Whoever waited for it for ever would never go back to the version before. */
  @Test
  void whatHangsInTheMidstOfItsAnswerIsUnwell() throws Exception {
    try (var door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var health = new HttpHealth(config(door.getLocalPort()), PATIENCE)) {
      Thread.ofVirtual().start(() -> beginsToAnswer(door));
      Observed seen =
          CompletableFuture.supplyAsync(health::ask, Thread::startVirtualThread)
              .get(30, TimeUnit.SECONDS);
      assertEquals(new Observed.Unwell("it does not answer: HttpTimeoutException"), seen);
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

  private static void beginsToAnswer(ServerSocket door) {
    try (Socket one = door.accept();
        OutputStream out = one.getOutputStream()) {
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII));
      out.flush();
      while (one.getInputStream().read() >= 0) {
        // It says no more until the other end leaves.
      }
    } catch (IOException left) {
      // That is all that is wanted.
    }
  }
}
