package io.edgeflow.models.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minute;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.settings.Glob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that speaks the documents of a cloud, with their limits, over what one edge or several
 * have sent. Its pages may be made smaller than a cloud's, to have many of them.
 */
public final class TestCloud implements AutoCloseable {
  private static final int MAX_POINTS_PER_SERIES = 11_000;
  private static final int MAX_POINTS = 250_000;
  private static final int MAX_SERIES = 200;
  private static final int MAX_ADDRESS = 4_096;

  private final HttpServer server;
  private final Map<String, History> stored = new TreeMap<>();
  private final Map<String, Minutes> minutes = new TreeMap<>();
  private final Set<String> reported = new HashSet<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private int rawPage = 50_000;
  private int seriesPage = 5_000;
  private int spanMillis = 60_000;

  public TestCloud() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * @param raw whether its single readings were sent too
   */
  public TestCloud with(String edge, History history, boolean raw) {
    history
        .bySeries()
        .forEach(
            (name, readings) -> {
              String path = edge + "/" + name;
              History own = new History(readings);
              stored.put(path, own);
              minutes.put(path, Minutes.of(own));
              if (raw) {
                reported.add(path);
              }
            });
    return this;
  }

  /** Pages of so many readings and series. */
  public TestCloud paged(int readings, int series) {
    rawPage = readings;
    seriesPage = series;
    return this;
  }

  /** Windows as long as five minutes, as an edge makes them when it has no room left. */
  TestCloud coarse() {
    spanMillis = 300_000;
    return this;
  }

  /** The next so many answers are that it has too much to do. */
  void busyFor(int answers) {
    busy.set(answers);
  }

  /** How many questions there were. */
  int asked() {
    return asked.get();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.getResponseHeaders().set("Retry-After", "0");
        send(exchange, 503, error("busy"));
        return;
      }
      String query = exchange.getRequestURI().getRawQuery();
      if (query.length() > MAX_ADDRESS) {
        send(exchange, 414, error("the address is too long"));
        return;
      }
      Map<String, List<String>> asks = parameters(query);
      Map<String, Object> document =
          switch (exchange.getRequestURI().getPath()) {
            case "/api/v1/series" -> series(asks);
            case "/api/v1/data" -> data(asks);
            case "/api/v1/raw" -> raw(asks);
            default -> error("no such page");
          };
      send(exchange, document.containsKey("error") ? 400 : 200, document);
    }
  }

  private static void send(HttpExchange exchange, int code, Map<String, Object> document)
      throws IOException {
    byte[] body = Json.bytes(document);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private Map<String, Object> series(Map<String, List<String>> asks) {
    Glob match = new Glob(one(asks, "match", "*"));
    String after = one(asks, "after", "");
    List<String> found =
        stored.keySet().stream()
            .filter(name -> match.matches(name) && name.compareTo(after) > 0)
            .toList();
    int shown = Math.min(found.size(), Math.min(seriesPage, number(asks, "limit", 500)));
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("total", stored.size());
    if (found.size() > shown) {
      page.put("next", found.get(shown - 1));
    }
    page.put("series", found.subList(0, shown).stream().map(TestCloud::item).toList());
    return page;
  }

  private static Map<String, Object> item(String name) {
    return Map.of(
        "name",
        name,
        "edge",
        name.substring(0, name.indexOf('/')),
        "kind",
        name.endsWith("mode") ? "state" : "gauge",
        "unit",
        "",
        "firstSeen",
        0,
        "lastSeen",
        0);
  }

  private Map<String, Object> data(Map<String, List<String>> asks) {
    long from = micros(asks, "from");
    long to = micros(asks, "to");
    List<String> names = asks.getOrDefault("series", List.of());
    long points = (to - from) / Minute.MICROS;
    if (!one(asks, "step", "").equals("1m")
        || points > MAX_POINTS_PER_SERIES
        || points * names.size() > MAX_POINTS
        || names.size() > MAX_SERIES) {
      return error("too many points");
    }
    List<Object> lines = new ArrayList<>();
    for (String name : names) {
      List<Map<String, Object>> own =
          minutes.getOrDefault(name, new Minutes(List.of())).minutes().stream()
              .filter(one -> one.startMicros() + Minute.MICROS > from && one.startMicros() < to)
              .map(this::point)
              .toList();
      lines.add(Map.of("name", name, "unit", "", "points", own));
    }
    return Map.of("step", "1m", "series", lines);
  }

  private Map<String, Object> point(Minute minute) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("t", minute.startMicros() / 1_000);
    point.put("span", spanMillis);
    point.put("count", minute.count());
    point.put("min", minute.min());
    point.put("max", minute.max());
    point.put("mean", minute.mean());
    point.put("first", minute.first());
    point.put("last", minute.last());
    point.put("quality", minute.quality().name().toLowerCase(Locale.ROOT));
    return point;
  }

  private Map<String, Object> raw(Map<String, List<String>> asks) {
    long from = micros(asks, "from");
    long to = micros(asks, "to");
    List<GoldenReading> all = new ArrayList<>();
    Map<SeriesName, String> paths = new LinkedHashMap<>();
    for (String name : asks.getOrDefault("series", List.of())) {
      paths.put(new SeriesName(name.substring(name.indexOf('/') + 1)), name);
      if (reported.contains(name)) {
        all.addAll(stored.getOrDefault(name, new History(List.of())).between(from, to).readings());
      }
    }
    int limit = Math.min(rawPage, number(asks, "limit", 10_000));
    List<GoldenReading> shown = History.of(all).readings();
    History page = new History(shown.subList(0, Math.min(limit, shown.size())));
    List<Object> lines = new ArrayList<>();
    page.bySeries()
        .forEach(
            (name, readings) ->
                lines.add(
                    Map.of(
                        "name",
                        paths.getOrDefault(name, ""),
                        "unit",
                        "",
                        "readings",
                        readings.stream().map(TestCloud::reading).toList())));
    return Map.of("truncated", shown.size() > limit, "series", lines);
  }

  private static Map<String, Object> reading(GoldenReading one) {
    Map<String, Object> reading = new LinkedHashMap<>();
    reading.put("t", Math.floorDiv(one.timeMicros(), 1_000L));
    if (Math.floorMod(one.timeMicros(), 1_000) > 0) {
      reading.put("micros", Math.floorMod(one.timeMicros(), 1_000));
    }
    reading.put("value", one.value());
    reading.put("quality", one.quality().name().toLowerCase(Locale.ROOT));
    return reading;
  }

  private static Map<String, Object> error(String message) {
    return Map.of("error", Map.of("code", "bad-request", "message", message));
  }

  private static long micros(Map<String, List<String>> asks, String name) {
    String text = one(asks, name, "");
    return text.matches("\\d+")
        ? Long.parseLong(text) * 1_000
        : ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
  }

  private static int number(Map<String, List<String>> asks, String name, int otherwise) {
    return Integer.parseInt(one(asks, name, "" + otherwise));
  }

  private static String one(Map<String, List<String>> asks, String name, String otherwise) {
    return asks.getOrDefault(name, List.of(otherwise)).getFirst();
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> asks = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int is = pair.indexOf('=');
      asks.computeIfAbsent(pair.substring(0, is), _ -> new ArrayList<>())
          .add(URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
    }
    return asks;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
