package io.edgeflow.process.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DownloadTest {
  private static final int PIECE = 7;
  private static final byte[] FILE = new byte[3 * PIECE + 2];
  private static final long HUGE = 1L << 40;
  private static final int HUGE_PIECE = 256 * 1024;

  private static final HttpClient client = HttpClient.newHttpClient();
  private static final AtomicLong huge = new AtomicLong();
  private static Vertx vertx;
  private static WebServer server;

  @BeforeAll
  static void start() throws Exception {
    new Random(5).nextBytes(FILE);
    vertx = EventLoop.start(1);
    Routes routes =
        new Routes()
            .download("/file", _ -> of(FILE.length, DownloadTest::piece))
            .download("/empty", _ -> of(0, _ -> new byte[0]))
            .download("/huge", _ -> of(HUGE, DownloadTest::hugePiece))
            .download(
                "/broken",
                _ ->
                    of(
                        100,
                        offset -> {
                          if (offset > 0) {
                            throw new IOException("the disk is gone");
                          }
                          return new byte[50];
                        }))
            .download(
                "/none",
                _ -> {
                  throw HttpRefusal.notFound("there is none");
                });
    server = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    EventLoop.close(vertx);
    client.close();
  }

  private static Download of(long length, Download.Pieces pieces) {
    return new Download(
        "application/octet-stream", "abc", length, Map.of("cache-control", "immutable"), pieces);
  }

  /** More than was asked for, as from a store of chunks. */
  private static byte[] piece(long offset) {
    int at = (int) offset;
    return Arrays.copyOfRange(FILE, at, Math.min(FILE.length, (at / PIECE + 1) * PIECE));
  }

  private static byte[] hugePiece(long offset) {
    huge.accumulateAndGet(offset, Math::max);
    return new byte[HUGE_PIECE];
  }

  @Test
  void everyRangeIsTheBytesOfTheFile() throws Exception {
    for (int from = 0; from < FILE.length; from++) {
      for (int to = from; to < FILE.length; to++) {
        HttpResponse<byte[]> part = get("/file", "range", "bytes=" + from + "-" + to);
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(FILE, from, to + 1), part.body(), from + "-" + to);
        assertEquals("bytes " + from + "-" + to + "/" + FILE.length, header(part, "content-range"));
      }
      assertArrayEquals(
          Arrays.copyOfRange(FILE, from, FILE.length),
          get("/file", "range", "bytes=" + from + "-").body());
      assertArrayEquals(
          Arrays.copyOfRange(FILE, FILE.length - from - 1, FILE.length),
          get("/file", "range", "bytes=-" + (from + 1)).body());
    }
    assertArrayEquals(FILE, get("/file", "range", "bytes=0-9999").body());
    assertArrayEquals(FILE, get("/file", "range", "bytes=-9999").body());
  }

  @Test
  void whatIsNoRangeMeansAll() throws Exception {
    for (String range :
        new String[] {
          "bytes=5-2",
          "bytes=-",
          "bytes=a-b",
          "lines=1-2",
          "bytes=0-1,3-4",
          "bytes=99999999999999999999-",
          "bytes=0--1"
        }) {
      HttpResponse<byte[]> all = get("/file", "range", range);
      assertEquals(200, all.statusCode(), range);
      assertArrayEquals(FILE, all.body(), range);
    }
    assertEquals(200, get("/empty", "accept", "*/*").statusCode());
    assertEquals(0, get("/empty", "accept", "*/*").body().length);
  }

  @Test
  void whatLiesBehindTheEndIsNotThere() throws Exception {
    for (String range : new String[] {"bytes=" + FILE.length + "-", "bytes=999-1000", "bytes=-0"}) {
      HttpResponse<byte[]> none = get("/file", "range", range);
      assertEquals(416, none.statusCode(), range);
      assertEquals("bytes */" + FILE.length, header(none, "content-range"));
    }
    assertEquals(416, get("/empty", "range", "bytes=0-").statusCode());
  }

  @Test
  void aTagSparesWhatTheClientHasAndARangeOfOtherBytes() throws Exception {
    for (String tags : new String[] {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"}) {
      HttpResponse<byte[]> same = get("/file", "if-none-match", tags, "range", "bytes=0-1");
      assertEquals(304, same.statusCode(), tags);
      assertEquals("\"abc\"", header(same, "etag"));
      assertEquals(0, same.body().length);
    }
    assertEquals(200, get("/file", "if-none-match", "\"abcd\"").statusCode());
    assertEquals(206, get("/file", "if-range", "\"abc\"", "range", "bytes=0-1").statusCode());
    for (String other : new String[] {"\"x\"", "W/\"abc\"", "Sat, 21 Nov 2026 12:00:00 GMT"}) {
      HttpResponse<byte[]> all = get("/file", "if-range", other, "range", "bytes=0-1");
      assertEquals(200, all.statusCode(), other);
      assertArrayEquals(FILE, all.body());
    }
  }

  /** Compressed, the ranges and the tag would be those of other bytes. */
  @Test
  void nothingIsCompressedAndAHeadSendsNothing() throws Exception {
    HttpResponse<byte[]> all = get("/file", "accept-encoding", "gzip");
    assertArrayEquals(FILE, all.body());
    assertEquals("immutable", header(all, "cache-control"));
    assertEquals("bytes", header(all, "accept-ranges"));
    HttpRequest head =
        HttpRequest.newBuilder(uri("/file"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .header("range", "bytes=0-1")
            .build();
    HttpResponse<byte[]> headers = client.send(head, BodyHandlers.ofByteArray());
    assertEquals(200, headers.statusCode());
    assertEquals(Integer.toString(FILE.length), header(headers, "content-length"));
    assertEquals(0, headers.body().length);
  }

  @Test
  void aRefusalIsAnAnswerAndAFailureInTheMiddleEndsTheConnection() throws Exception {
    assertEquals(404, get("/none", "accept", "*/*").statusCode());
    assertThrows(IOException.class, () -> get("/broken", "accept", "*/*"));
    assertEquals(50, get("/broken", "range", "bytes=0-49").body().length);
  }

  /** A terabyte: what is not taken is not read, and others are served meanwhile. */
  @Test
  void aClientThatTakesNothingHoldsNoMemoryAndNoThread() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.setReceiveBufferSize(4096);
      slow.getOutputStream().write("GET /huge HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(UTF_8));
      InputStream in = slow.getInputStream();
      assertEquals('H', in.read());
      for (int i = 0; i < 50; i++) {
        assertArrayEquals(FILE, get("/file", "accept", "*/*").body());
      }
      assertTrue(huge.get() < 64L << 20, "read ahead to " + huge.get());
    }
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).headers(headers).build(), BodyHandlers.ofByteArray());
  }

  private static URI uri(String path) {
    return server.address().resolve(path);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
