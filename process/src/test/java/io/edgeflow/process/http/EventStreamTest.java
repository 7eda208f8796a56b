package io.edgeflow.process.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventStreamTest {
  private static final int BUFFER = 64 << 10;

  private final Vertx vertx = EventLoop.start(1);
  private final BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    var routes =
        new Routes()
            .stream(
                "/stream",
                (request, sink) -> {
                  if (request.one("refuse").isPresent()) {
                    throw HttpRefusal.badRequest("no such thing");
                  }
                  String name = request.one("name").orElse("");
                  sink.send("hello", name);
                  if (request.one("fail").isPresent()) {
                    throw new IllegalStateException("the feed cannot be opened");
                  }
                  sinks.add(sink);
                  return () -> closed.add(name);
                });
    var settings = WebSettings.of("127.0.0.1", 0).withStreams(2, BUFFER, Duration.ofMillis(100));
    server = WebServer.start(vertx, settings, routes);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    EventLoop.close(vertx);
  }

  @Test
  void deliversEventsInOrderAndTellsWhenTheClientLeft() throws Exception {
    try (var client = new Client("a")) {
      assertEquals("HTTP/1.1 200 OK", client.in.readLine());
      client.until("data: a");
      EventSink sink = sinks.take();
      for (int i = 0; i < 100; i++) {
        assertTrue(sink.send("reading", "{\"n\":" + i + "}"));
      }
      for (int i = 0; i < 100; i++) {
        client.until("event: reading");
        client.until("data: {\"n\":" + i + "}");
      }
    }
    assertEquals("a", closed.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void showsASignOfLifeOnASilentStream() throws Exception {
    try (var client = new Client("a")) {
      client.until("data: a");
      client.until(":");
      client.until(":");
    }
  }

  @Test
  void disconnectsAClientThatReadsTooSlowlyAndHarmsNoOther() throws Exception {
    try (var slow = new Client("slow")) {
      // One after the other: two requests at once may be answered in either order.
      slow.until("data: slow");
      EventSink toSlow = sinks.take();
      try (var quick = new Client("quick")) {
        EventSink toQuick = sinks.take();
        String kilobyte = "x".repeat(1000);
        while (toSlow.send("reading", kilobyte)) {
          // Faster than the event loop: our own buffer fills, perhaps before the sockets' do.
          Thread.onSpinWait();
        }
        assertEquals("slow", closed.poll(10, TimeUnit.SECONDS));
        assertTrue(toQuick.send("reading", "still here"));
        quick.until("data: still here");
      }
    }
  }

  /** Slowly enough for the sockets to fill first: what is stuck there must not hold the end up. */
  @Test
  void disconnectsAClientWhoseSocketTakesNothing() throws Exception {
    try (var stuck = new Client("stuck")) {
      stuck.until("data: stuck");
      EventSink sink = sinks.take();
      int stays = BUFFER / 2;
      while (sink.send("reading", "x".repeat(stays))) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertEquals("stuck", closed.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void refusesWithAStatusBeforeTheStreamBegins() throws Exception {
    for (int each = 0; each < 3; each++) {
      try (var client = new Client("a&refuse=1")) {
        assertEquals("HTTP/1.1 400 Bad Request", client.in.readLine());
      }
    }
    listensOneMoreThanMayAndIsRefused();
  }

  @Test
  void aFailureBehindTheFirstEventsEndsTheConnectionAndFreesOnePlace() throws Exception {
    for (int each = 0; each < 3; each++) {
      try (var client = new Client("a&fail=1")) {
        client.until("data: a");
        client.untilEnd();
      }
    }
    listensOneMoreThanMayAndIsRefused();
  }

  private void listensOneMoreThanMayAndIsRefused() throws IOException {
    try (var one = new Client("one");
        var two = new Client("two")) {
      one.until("data: one");
      two.until("data: two");
      try (var third = new Client("third")) {
        assertEquals("HTTP/1.1 503 Service Unavailable", third.in.readLine());
      }
    }
  }

  @Test
  void boundsTheNumberOfListenersAndTakesNewOnesWhenOneLeaves() throws Exception {
    var first = new Client("first");
    try (var second = new Client("second")) {
      first.until("data: first");
      second.until("data: second");
      try (var third = new Client("third")) {
        assertEquals("HTTP/1.1 503 Service Unavailable", third.in.readLine());
      }
      first.close();
      assertEquals("first", closed.poll(10, TimeUnit.SECONDS));
      try (var fourth = new Client("fourth")) {
        assertEquals("HTTP/1.1 200 OK", fourth.in.readLine());
        try (var fifth = new Client("fifth")) {
          assertEquals("HTTP/1.1 503 Service Unavailable", fifth.in.readLine());
        }
      }
    }
  }

  @Test
  void endsStreamsWhenTheServerCloses() throws Exception {
    try (var client = new Client("a")) {
      client.until("data: a");
      var ended = new CountDownLatch(1);
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                client.untilEnd();
                ended.countDown();
              });
      server.close();
      assertTrue(ended.await(10, TimeUnit.SECONDS));
      assertEquals("a", closed.poll(10, TimeUnit.SECONDS));
    }
  }

  private final class Client implements AutoCloseable {
    private static final int TAKES = 4 << 10;

    final Socket socket = new Socket();
    final BufferedReader in;

    Client(String query) throws IOException {
      socket.setReceiveBufferSize(TAKES);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String request = "GET /stream?name=" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
    }

    void until(String line) throws IOException {
      String found = in.readLine();
      while (!line.equals(found)) {
        assertTrue(found != null, "ended before: " + line);
        found = in.readLine();
      }
    }

    void untilEnd() {
      try {
        in.transferTo(java.io.Writer.nullWriter());
      } catch (IOException reset) {
        // An end too.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
