package io.edgeflow.process.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long answers, and who may keep the server busy how long. */
@Timeout(60)
final class FlowTest {
  private static final int HUGE_PIECE = 1 << 20;
  private static final byte[] NONE = new byte[0];

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Semaphore held = new Semaphore(0);
  private final Vertx vertx = EventLoop.start(1);
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    server = WebServer.start(vertx, settings(), routes());
  }

  private static WebSettings settings() {
    return WebSettings.of("127.0.0.1", 0).withWorkers(4, 16);
  }

  private Routes routes() {
    return StandardRoutes.add(new Routes(), List::of, () -> "")
        .reply("/count", _ -> flow(new Count(1000)))
        .reply("/short", _ -> Answer.json(Map.of("a", 1)))
        .reply("/endless", _ -> flow(this::endless))
        .reply("/broken", _ -> flow(new Broken()))
        .get("/large", _ -> Answer.text("text/plain", "x".repeat(40 << 20)))
        .get("/hold", _ -> hold())
        .get("/quick", _ -> Answer.json(Map.of()));
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    server.close();
    EventLoop.close(vertx);
    client.close();
  }

  private static Flow flow(Flow.Source source) {
    return new Flow("text/plain", Map.of("x-a", "b"), source);
  }

  private byte[] endless() {
    made.incrementAndGet();
    return new byte[HUGE_PIECE];
  }

  private Answer hold() throws InterruptedException {
    held.release();
    release.await();
    return Answer.json(Map.of());
  }

  private static final class Count implements Flow.Source {
    private final int end;
    private int next;

    Count(int end) {
      this.end = end;
    }

    @Override
    public byte[] next() {
      return next == end ? NONE : (next++ + "\n").getBytes(UTF_8);
    }
  }

  private static final class Broken implements Flow.Source {
    private boolean begun;

    @Override
    public byte[] next() throws IOException {
      if (begun) {
        throw new IOException("the database is gone");
      }
      begun = true;
      return "some".getBytes(UTF_8);
    }
  }

  @Test
  void sendsEveryPieceInOrder() throws Exception {
    HttpResponse<String> answer = get("/count");
    assertEquals(200, answer.statusCode());
    assertEquals("b", answer.headers().firstValue("x-a").orElseThrow());
    List<String> lines = answer.body().lines().toList();
    assertEquals(1000, lines.size());
    assertEquals("999", lines.getLast());
    assertEquals("{\"a\":1}", get("/short").body());
  }

  @Test
  void aFailureInTheMiddleIsNoWholeAnswer() {
    assertThrows(IOException.class, () -> get("/broken"));
  }

  @Test
  void aClientGetsOnlySomeAtOnceAndItsPlaceIsFreeAgainWhenItLeaves() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < Flows.MOST_OF_A_CLIENT; i++) {
        open.add(ask("127.0.0.1", "/endless"));
        assertEquals('H', open.get(i).getInputStream().read());
      }
      HttpResponse<String> more = get("/count");
      assertEquals(429, more.statusCode());
      assertEquals("5", more.headers().firstValue("retry-after").orElseThrow());
      try (Socket neighbour = ask("127.0.0.2", "/count")) {
        assertEquals("HTTP/1.1 200 OK", firstLine(neighbour));
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (get("/count").statusCode() != 200) {
      assertTrue(System.nanoTime() < end, "the place of who left is never free");
    }
  }

  @Test
  void whoTakesNothingHoldsOnePieceAndIsCutOff() throws Exception {
    server.close();
    server = WebServer.start(vertx, settings().withPatience(Duration.ofMillis(700)), routes());
    try (Socket socket = ask("127.0.0.1", "/endless")) {
      assertEquals(-1, drainAfterTheServerLeft(socket));
      assertTrue(made.get() < 32, "the server made " + made + " pieces for nobody");
    }
    try (Socket socket = ask("127.0.0.1", "/large")) {
      assertEquals(-1, drainAfterTheServerLeft(socket));
    }
  }

  @Test
  void whoAsksMuchWaitsBehindHimself() throws Exception {
    List<Socket> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        greedy.add(ask("127.0.0.2", "/hold"));
      }
      held.acquire(3); // As many as one client gets of four workers.
      assertEquals("{}", get("/quick").body());
    } finally {
      for (Socket socket : greedy) {
        socket.close();
      }
    }
  }

  @Test
  void saysThatItIsAliveWhileAllWorkersAreBusy() throws Exception {
    List<Socket> busy = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        busy.add(ask("127.0.0." + (2 + i), "/hold"));
      }
      held.acquire(4);
      assertEquals("{\"status\":\"up\"}", get("/health").body());
    } finally {
      for (Socket socket : busy) {
        socket.close();
      }
    }
  }

  /** Reads only once the server has said farewell; what then comes is what the sockets held. */
  private static int drainAfterTheServerLeft(Socket socket) throws Exception {
    var in = socket.getInputStream();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    // A write fails once the other side has reset the connection.
    try {
      while (System.nanoTime() < end) {
        socket.getOutputStream().write('\n');
        LockSupport.parkNanos(5_000_000);
      }
    } catch (SocketException left) {
      return -1;
    }
    return in.read();
  }

  private Socket ask(String from, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 << 10);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    var line = new StringBuilder();
    int c = socket.getInputStream().read();
    while (c != '\r' && c >= 0) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
