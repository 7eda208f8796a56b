package io.edgeflow.process.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WebServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Vertx vertx = EventLoop.start(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    var routes =
        new Routes()
            .file("/", WebServerTest.class, "/web/probe.html")
            .get("/api/v1/ledger", _ -> Answer.json(Map.of("nan", Double.NaN, "n", 1.5)))
            .get("/api/v1/latest", WebServerTest::echoQuery)
            .get("/api/v1/edges/{edge}", r -> Answer.json(Map.of("edge", r.segment("edge"))))
            .get("/api/v1/edges/all", _ -> Answer.json(List.of()))
            .get("/api/v1/big", _ -> Answer.json(Map.of("text", "x".repeat(100_000))))
            .get(
                "/api/v1/broken",
                _ -> {
                  throw new IllegalStateException("secret detail");
                })
            .get(
                "/api/v1/slow",
                _ -> {
                  release.await();
                  return Answer.json(List.of());
                })
            .post("/api/v1/echo", r -> Answer.text("text/plain", new String(r.body(), UTF_8)));
    StandardRoutes.add(routes, () -> List.of("journal is stalled"), () -> "up 1\n");
    var settings = WebSettings.of("127.0.0.1", 0).withMaxBodyBytes(1000).withWorkers(1, 1);
    server = WebServer.start(vertx, settings, routes);
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    server.close();
    EventLoop.close(vertx);
    client.close();
  }

  @Test
  void answersJsonWithoutWordsThatJsonHasNot() throws Exception {
    var answer = get("/api/v1/ledger");
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
    assertTrue(
        List.of("{\"nan\":null,\"n\":1.5}", "{\"n\":1.5,\"nan\":null}").contains(answer.body()));
  }

  @Test
  void decodesQueriesAndPaths() throws Exception {
    assertEquals(
        "{\"series\":[\"a/b c\",\"*\"],\"limit\":7}",
        get("/api/v1/latest?series=a%2Fb+c&limit=7&series=*").body());
    assertEquals("{\"edge\":\"pi 7\"}", get("/api/v1/edges/pi%207").body());
    assertEquals("[]", get("/api/v1/edges/all").body(), "a fixed path wins over a named one");
  }

  @Test
  void namesWhatIsWrongWithAParameter() throws Exception {
    var answer = get("/api/v1/latest?limit=many");
    assertEquals(400, answer.statusCode());
    assertEquals(
        "{\"error\":{\"code\":\"bad-request\",\"message\":"
            + "\"limit must be a whole number from 1 to 100\"}}",
        answer.body());
  }

  @Test
  void listsNearEndpointsForAPathThatLeadsNowhere() throws Exception {
    var answer = get("/api/v1/ledgr");
    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().contains("\"near\":[\"/api/v1/ledger\"]"), answer.body());
    assertTrue(answer.body().contains("\"code\":\"not-found\""), answer.body());
    assertTrue(get("/api/v1/whatever").body().contains("/api/v1/latest"));
  }

  @Test
  void takesHeadAndOptionsAndRefusesOtherMethods() throws Exception {
    var head = send("HEAD", "/api/v1/ledger", "");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertTrue(head.headers().firstValueAsLong("content-length").orElseThrow() > 0);
    var options = send("OPTIONS", "/api/v1/ledger", "");
    assertEquals(204, options.statusCode());
    assertEquals("GET, HEAD, OPTIONS", options.headers().firstValue("allow").orElseThrow());
    var post = send("POST", "/api/v1/ledger", "x");
    assertEquals(405, post.statusCode());
    assertEquals("GET, HEAD, OPTIONS", post.headers().firstValue("allow").orElseThrow());
  }

  @Test
  void boundsTheBody() throws Exception {
    assertEquals("hello", send("POST", "/api/v1/echo", "hello").body());
    assertEquals(1000, send("POST", "/api/v1/echo", "x".repeat(1000)).body().length());
    assertEquals(413, send("POST", "/api/v1/echo", "x".repeat(1001)).statusCode());
  }

  @Test
  void hidesWhatBrokeInside() throws Exception {
    var answer = get("/api/v1/broken");
    assertEquals(500, answer.statusCode());
    assertFalse(answer.body().contains("secret detail"));
    assertTrue(answer.body().contains("\"code\":\"internal\""));
  }

  @Test
  void saysBusyInsteadOfQueueingWithoutBound() throws Exception {
    var slow = HttpRequest.newBuilder(uri("/api/v1/slow")).build();
    var waiting =
        Stream.generate(() -> client.sendAsync(slow, BodyHandlers.ofString())).limit(5).toList();
    // One is at work and one waits for it: three cannot.
    await(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 3);
    assertEquals(200, get("/").statusCode(), "files need no worker");
    release.countDown();
    var answers = waiting.stream().map(CompletableFuture::join).toList();
    var busy = answers.stream().filter(answer -> answer.statusCode() == 503).toList();
    assertEquals(3, busy.size());
    assertEquals("1", busy.getFirst().headers().firstValue("retry-after").orElseThrow());
    assertEquals(2, answers.stream().filter(answer -> answer.statusCode() == 200).count());
  }

  @Test
  void servesFilesWithETagAndHeadersThatForbidForeignContent() throws Exception {
    var first = get("/");
    assertEquals("text/html; charset=utf-8", first.headers().firstValue("content-type").get());
    assertTrue(first.body().contains("probe"));
    String policy = first.headers().firstValue("content-security-policy").orElseThrow();
    assertTrue(policy.contains("default-src 'none'"));
    assertFalse(policy.contains("http"));
    assertEquals("nosniff", first.headers().firstValue("x-content-type-options").orElseThrow());
    String etag = first.headers().firstValue("etag").orElseThrow();
    var request = HttpRequest.newBuilder(uri("/")).header("if-none-match", etag).build();
    assertEquals(304, client.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void compressesWhatIsLarge() throws Exception {
    var request = HttpRequest.newBuilder(uri("/api/v1/big")).header("accept-encoding", "gzip");
    var answer = client.send(request.build(), BodyHandlers.ofByteArray());
    assertEquals("gzip", answer.headers().firstValue("content-encoding").orElseThrow());
    assertTrue(answer.body().length < 10_000, () -> answer.body().length + " bytes");
  }

  @Test
  void answersHealthReadinessAndMetrics() throws Exception {
    assertEquals("{\"status\":\"up\"}", get("/health").body());
    assertEquals(503, get("/ready").statusCode());
    assertTrue(get("/ready").body().contains("journal is stalled"));
    assertEquals("up 1\n", get("/metrics").body());
  }

  @Test
  void refusesAStrangersNameForThisMachineAndAStrangersPage() throws Exception {
    assertEquals("421", rawStatus("GET / HTTP/1.1\r\nHost: evil.example:80\r\n\r\n"));
    assertEquals("200", rawStatus("GET / HTTP/1.1\r\nHost: localhost:80\r\n\r\n"));
    var request =
        HttpRequest.newBuilder(uri("/api/v1/echo"))
            .header("origin", "http://evil.example")
            .POST(BodyPublishers.ofString("x"))
            .build();
    assertEquals(403, client.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void answersGarbageAndGoesOn() throws Exception {
    rawStatus("NONSENSE\r\n\r\n");
    assertEquals("400", rawStatus("GET /?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    List<String> nuls =
        List.of("/api/v1/edges/%00", "/api/v1/latest?series=a&series=b%00", "/api/v1/latest?%00=a");
    for (String nul : nuls) {
      assertEquals("400", rawStatus("GET " + nul + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    assertEquals("400", rawStatus("GET ftp:x HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertEquals(200, get("/health").statusCode());
  }

  @Test
  void refusesToListenBeyondLoopbackWithoutCredentials() {
    var open = WebSettings.of("0.0.0.0", 0);
    assertThrows(IOException.class, () -> WebServer.start(vertx, open, new Routes()));
  }

  @Test
  void asksForUserAndPasswordBeyondHealthWhenThereAreAny() throws Exception {
    var checks = new AtomicInteger();
    Credentials credentials =
        (user, password) -> {
          checks.incrementAndGet();
          return user.equals("ann") && password.equals("pä:ss");
        };
    var routes =
        StandardRoutes.add(new Routes(), List::of, () -> "")
            .file("/", WebServerTest.class, "/web/probe.html");
    try (var guarded =
        WebServer.start(vertx, WebSettings.of("0.0.0.0", 0), routes, Optional.of(credentials))) {
      String address = "http://127.0.0.1:" + guarded.port();
      assertEquals(200, status(address + "/health", ""));
      assertEquals(401, status(address + "/", ""));
      assertEquals(401, status(address + "/ready", "ann:wrong"));
      assertEquals(200, status(address + "/ready", "ann:pä:ss"));
      int soFar = checks.get();
      assertEquals(200, status(address + "/", "ann:pä:ss"));
      assertEquals(soFar, checks.get(), "a right password is not hashed again for each request");
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    var taken = WebSettings.of("127.0.0.1", server.port());
    var failure =
        assertThrows(IOException.class, () -> WebServer.start(vertx, taken, new Routes()));
    assertTrue(failure.toString().contains("127.0.0.1:" + server.port()), failure.toString());
  }

  @Test
  void listensNoMoreOnceClosed() throws Exception {
    URI address = uri("/health");
    server.close();
    var request = HttpRequest.newBuilder(address).build();
    assertThrows(ConnectException.class, () -> client.send(request, BodyHandlers.ofString()));
  }

  private static Answer echoQuery(Request request) {
    return Answer.json(new Echo(request.all("series"), request.number("limit", 10, 1, 100)));
  }

  record Echo(List<String> series, int limit) {}

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) { // The test's own time limit is the deadline.
      LockSupport.parkNanos(1_000_000);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private int status(String address, String login) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address));
    if (!login.isEmpty()) {
      String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
      request.header("authorization", "Basic " + encoded);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private String rawStatus(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      byte[] head = socket.getInputStream().readNBytes(12);
      return head.length < 12 ? "" : new String(head, UTF_8).substring(9);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
