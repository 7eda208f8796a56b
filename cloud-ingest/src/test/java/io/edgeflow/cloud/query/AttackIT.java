package io.edgeflow.cloud.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.process.http.WebSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever sends garbage, asks for everything or reads slowly harms only himself. */
@Timeout(120)
final class AttackIT {
  private static final long SEED = new Random().nextLong();
  private static final int REQUESTS = 600;
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int SERIES = 400;

  private static ServedCloud cloud;
  private static JsonNode openapi;

  @BeforeAll
  static void start() throws Exception {
    cloud =
        new ServedCloud(
            InstantSource.fixed(ServedCloud.NOW),
            WebSettings.of("127.0.0.1", 0).withWorkers(8, 64).withPatience(Duration.ofSeconds(2)));
    openapi = cloud.get("/openapi.json");
    var plant = new Plant("pi-7", new Random(7));
    cloud.store(
        plant.windows("pump-7/flow", Plant.window(0, 1, 2, 3)),
        plant.state("pump-7/mode", "on", 4),
        plant.event("the pump cavitates"));
    cloud.schema().execute(FILL);
  }

  /** Of each of many series 12 hours. */
  private static final String FILL =
      """
      insert into series (edge_id, name, kind) select 1, 'x/' || n, 0 from generate_series(1, %d) n;
      insert into sample_window (time, first_time, last_time, length, count, uncertain, stale, bad,
        min, max, first, last, sum, m2, series_id)
      select t, t, t, 60000000, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, s.id
      from series s, generate_series(
        timestamptz '2025-11-20 21:00:00Z', timestamptz '2025-11-21 08:59:00Z', '1 minute') t
      where s.name like 'x/%%'
      """
          .formatted(SERIES);

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void answersGarbageToAnyEndpointWithoutFailing() throws Exception {
    var random = new Random(SEED);
    List<String> paths = new ArrayList<>();
    openapi.get("paths").fieldNames().forEachRemaining(paths::add);
    paths.remove("/api/v1/stream"); // Its answer has no end.
    for (int i = 0; i < REQUESTS; i++) {
      String path = paths.get(random.nextInt(paths.size()));
      JsonNode methods = openapi.get("paths").get(path);
      List<String> names = new ArrayList<>();
      methods.fieldNames().forEachRemaining(names::add);
      String method = names.get(random.nextInt(names.size()));
      String asked = garbled(path, methods.get(method), random);
      long begin = System.nanoTime();
      HttpResponse<String> answer =
          cloud.send(method.toUpperCase(Locale.ROOT), asked, body(random));
      long took = System.nanoTime() - begin;
      String what = "seed %d: %s %s: %s".formatted(SEED, method, asked, answer.body());
      assertTrue(answer.statusCode() < 500 || answer.statusCode() == 503, what);
      assertTrue(took < LIMIT.toNanos(), what);
      if (answer.statusCode() >= 400) {
        assertTrue(new JsonMapper().readTree(answer.body()).at("/error/code").isTextual(), what);
      }
    }
  }

  private static String garbled(String path, JsonNode described, Random random) {
    String whole = path;
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : described.path("parameters")) {
      String name = parameter.get("name").asText();
      if (parameter.get("in").asText().equals("path")) {
        whole = whole.replace("{" + name + "}", encoded(word(random)));
      } else if (random.nextInt(3) > 0) {
        query.add(name + "=" + encoded(random.nextBoolean() ? word(random) : example(parameter)));
      }
    }
    if (random.nextInt(20) == 0) {
      query.add(encoded(word(random)) + "=" + encoded(word(random)));
    }
    return whole + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private static String example(JsonNode parameter) {
    JsonNode example = parameter.path("example");
    return example.isArray() ? example.get(0).asText() : example.asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String word(Random random) {
    List<String> words =
        List.of(
            "",
            "*",
            "%",
            "_",
            "'",
            "\"",
            "\\",
            ";drop table edge",
            "-1",
            "0",
            "1e999",
            "NaN",
            "9223372036854775807",
            "99999999999999999999",
            "true",
            "null",
            "now",
            "now-999999d",
            "1970-01-01",
            "2199-12-31",
            "364d",
            "1s",
            "100ms",
            "\u0000",
            "\ud83d\ude00",
            "../..",
            "a/b",
            "pi-7/*",
            "{}",
            "[]",
            "csv",
            "Asia/Kathmandu",
            "+18:00",
            "timeIn,stddev,rate",
            "\r\nx: y",
            "x".repeat(2000));
    if (random.nextInt(4) > 0) {
      return words.get(random.nextInt(words.size()));
    }
    var text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.appendCodePoint(1 + random.nextInt(0x2fff));
    }
    return text.toString();
  }

  private static byte[] body(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new byte[0];
      case 1 -> ("{\"who\":\"" + word(random).replaceAll("[\\\\\"]", "") + "\"}").getBytes(UTF_8);
      case 2 -> "{\"who\":[[[[".getBytes(UTF_8);
      default -> {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  @Test
  void neighboursGoOnWhileSomebodyAsksForEverythingAndReadsNothing() throws Exception {
    List<Socket> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        String query = i % 2 == 0 ? "step=1m" : "step=1s&format=csv&agg=min,stddev,rate";
        greedy.add(
            ask(
                "/api/v1/data?series=pi-7/*&gaps=true&from=2025-11-20T00:00:00Z&" + query,
                "127.0.0.9"));
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        cloud.get("/api/v1/edges");
        cloud.get("/api/v1/latest?series=pi-7/pump-7/*");
        cloud.get("/api/v1/data?series=pi-7/x/1&from=2025-11-20T21:00:00Z&step=1h");
        assertEquals(200, cloud.ask("/health").statusCode());
      }
      long each = (System.nanoTime() - begin) / 40;
      assertTrue(each < Duration.ofSeconds(2).toNanos(), () -> "a request took " + each + " ns");
    } finally {
      for (Socket socket : greedy) {
        socket.close();
      }
    }
  }

  @Test
  void refusesEverythingOfAllTimeAndGivesADayOfAllInBoundedPieces() throws Exception {
    HttpResponse<String> all = cloud.ask("/api/v1/data?series=*&from=0&to=2060-01-01&step=1m");
    assertEquals(400, all.statusCode());
    assertTrue(all.body().contains("makes 47335680 points"), all::body);
    HttpResponse<String> day =
        cloud.ask("/api/v1/data?series=pi-7/x/*&from=2025-11-20T21:00:00Z&step=1m&format=csv");
    assertEquals(SERIES * 12 * 60 + 1, day.body().lines().count());
  }

  private static Socket ask(String path, String from) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4 << 10);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), cloud.port()));
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
    return socket;
  }
}
