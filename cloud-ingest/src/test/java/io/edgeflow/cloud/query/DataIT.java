package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.frame.WindowRow;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers held against the aggregator's own merge of the same windows (Q2, W3). */
final class DataIT {
  private static final long SEED = new Random().nextLong();
  private static final long HOUR = 60 * Plant.MINUTE;
  private static final long[] LENGTHS = {10_000_000L, Plant.MINUTE, 10 * Plant.MINUTE, HOUR};
  private static final String ALL = "&from=2025-11-20T21:00:00Z&to=2025-11-21T03:00:00Z";

  private static final List<Window> MIXED = new ArrayList<>();
  private static ServedCloud cloud;

  @BeforeAll
  static void store() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
    var random = new Random(SEED);
    var plant = new Plant("pi-7", random);
    for (int i = 0; i < 12; i++) {
      List<WindowRow> rows = new ArrayList<>();
      for (int j = 0; j < 40; j++) {
        rows.add(new WindowRow(0, window(random)));
      }
      rows.forEach(row -> MIXED.add(row.window()));
      cloud.store(plant.windows(List.of(Plant.gauge("mixed/value")), rows));
    }
    var minutes = new ArrayList<Window>();
    for (int minute = 0; minute < 120; minute++) {
      minutes.add(Plant.window(minute, minute, minute + 0.5));
    }
    cloud.store(
        plant.windows("pump/flow", minutes.toArray(Window[]::new)),
        plant.state("pump/mode", "running", 4));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void mergesRowsOfAllLengthsWithoutDroppingOrSplittingOne() throws Exception {
    for (String step : List.of("10s", "1m", "10m", "30m", "1h", "6h", "1d")) {
      check(step);
    }
  }

  @Test
  void givesWholePointsWhereALongWindowCrossesTheEndsOfTheTime() throws Exception {
    JsonNode whole = points("mixed/value", "1m", ALL);
    for (String part :
        List.of(
            "&from=2025-11-20T22:07:13Z&to=2025-11-20T22:48:01Z",
            "&from=2025-11-21T00:59:59Z&to=2025-11-21T01:00:01Z")) {
      for (JsonNode point : points("mixed/value", "1m", part)) {
        assertTrue(contains(whole, point), () -> point + " is not in the whole, seed " + SEED);
      }
    }
  }

  @Test
  void answersInTheDocumentedForm() throws Exception {
    JsonNode answer =
        cloud.get("/api/v1/data?series=pi-7/pump/flow&step=1m&from=1763672400000&to=1763672460000");
    assertEquals(
        """
        {"step":"1m","resolution":"windows","series":[{"name":"pi-7/pump/flow","unit":"l/min","points":[\
        {"t":1763672400000,"span":60000,"count":2,"min":0.0,"max":0.5,"mean":0.25,"first":0.0,\
        "last":0.5,"quality":"good"}]}]}\
        """,
        answer.toString());
  }

  @Test
  void cutsDaysByTheClocksOfTheZone() throws Exception {
    String asked = "/api/v1/data?series=pi-7/pump/flow&step=1d&from=2025-11-20&to=2025-11-23&tz=";
    JsonNode there = cloud.get(asked + "Asia/Tokyo").at("/series/0/points");
    assertEquals(1, there.size(), "in Tokyo it was the 21st already");
    assertEquals(1763650800000L, there.at("/0/t").asLong());
    assertEquals(86_400_000L, there.at("/0/span").asLong());
    JsonNode here = cloud.get(asked + "Europe/Athens").at("/series/0/points");
    assertEquals(
        List.of(120L, 120L), List.of(here.at("/0/count").asLong(), here.at("/1/count").asLong()));
  }

  @Test
  void findsSeriesByPatternAndTellsWhichNamesNobodyHas() throws Exception {
    JsonNode answer = cloud.get("/api/v1/data?series=*/pump/*&series=pi-7/no/such" + ALL);
    assertEquals("[\"pi-7/pump/flow\",\"pi-7/pump/mode\"]", names(answer));
    assertEquals("[\"pi-7/no/such\"]", answer.get("unknown").toString());
    assertEquals(
        "[]", names(cloud.get("/api/v1/data?series=*pump_flow" + ALL)), "no wildcard of SQL");
  }

  @Test
  void givesStatesAsRunsWithTheOneThatHoldsWhenTheTimeBegins() throws Exception {
    JsonNode runs = points("pump/mode", "1m", "&from=2025-11-20T22:00:00Z&to=2025-11-20T23:00:00Z");
    assertEquals(
        "[{\"t\":1763672400000,\"span\":0,\"count\":4,\"value\":\"running\",\"quality\":\"good\"}]",
        runs.toString());
  }

  @Test
  void choosesAStepThatFitsWhereNoneIsAsked() throws Exception {
    assertEquals("1m", cloud.get("/api/v1/data?series=pi-7/pump/flow" + ALL).get("step").asText());
  }

  private static void check(String step) throws Exception {
    Grid grid = Grid.of(Step.parse(step), ZoneOffset.UTC);
    SortedMap<Long, SortedMap<Long, Window>> expected = expected(grid);
    JsonNode points = points("mixed/value", step, ALL);
    assertEquals(expected.size(), points.size(), () -> step + ", seed " + SEED);
    int i = 0;
    for (var entry : expected.entrySet()) {
      JsonNode point = points.get(i++);
      String what = "%s at %d, seed %d: %s".formatted(step, entry.getKey(), SEED, point);
      assertEquals(entry.getKey() / 1000, point.get("t").asLong(), what);
      check(List.copyOf(entry.getValue().values()), point, what);
    }
  }

  /** The hours are in order, so the first reading of all is that of the first that has one. */
  private static void check(List<Window> hours, JsonNode point, String what) {
    List<Window> valued = hours.stream().filter(hour -> hour.valued() > 0).toList();
    assertEquals(hours.stream().mapToLong(Window::count).sum(), point.get("count").asLong(), what);
    if (valued.isEmpty()) {
      assertTrue(point.get("mean").isNull() && point.get("first").isNull(), what);
      assertEquals("bad", point.get("quality").asText(), what);
      return;
    }
    double sum = valued.stream().mapToDouble(Window::sum).sum();
    long count = valued.stream().mapToLong(Window::valued).sum();
    double min = valued.stream().mapToDouble(Window::min).min().orElseThrow();
    double max = valued.stream().mapToDouble(Window::max).max().orElseThrow();
    assertEquals(min, point.get("min").asDouble(), what);
    assertEquals(max, point.get("max").asDouble(), what);
    assertEquals(valued.getFirst().first(), point.get("first").asDouble(), what);
    assertEquals(valued.getLast().last(), point.get("last").asDouble(), what);
    assertEquals(sum / count, point.get("mean").asDouble(), 1e-9, what);
  }

  /**
   * By the start of the point, what the aggregator makes of its readings in each hour. A boundary
   * of the grid that lies inside of a window separates nothing.
   */
  private static SortedMap<Long, SortedMap<Long, Window>> expected(Grid grid) {
    Set<Long> crossed = new HashSet<>();
    for (Window window : MIXED) {
      long boundary = grid.after(window.startMicros());
      while (boundary < window.endMicros()) {
        crossed.add(boundary);
        boundary = grid.after(boundary);
      }
    }
    var points = new TreeMap<Long, SortedMap<Long, Window>>();
    for (Window window : MIXED) {
      long start = grid.floor(window.startMicros());
      while (crossed.contains(start)) {
        start = grid.floor(start - 1);
      }
      Window hour = window.widen(HOUR);
      points
          .computeIfAbsent(start, _ -> new TreeMap<>())
          .merge(hour.startMicros(), hour, Window::merge);
    }
    return points;
  }

  private static Window window(Random random) {
    long length = LENGTHS[random.nextInt(LENGTHS.length)];
    long start = Plant.START + random.nextInt((int) (6 * HOUR / length)) * length;
    long bad = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
    Window window = Window.empty(start, length);
    window = window.merge(counts(start, length, bad));
    for (int i = random.nextInt(5) - (bad > 0 ? 1 : 0); i >= 0; i--) {
      long time = start + random.nextLong(length);
      double value = random.nextInt(8) == 0 ? 7 : random.nextGaussian() * 100;
      window = window.merge(one(start, length, time, value));
    }
    return window;
  }

  private static Window one(long start, long length, long time, double value) {
    return new Window(start, length, 1, 0, 0, 0, value, value, value, 0, time, value, time, value);
  }

  private static Window counts(long start, long length, long bad) {
    double none = Double.NaN;
    return new Window(start, length, bad, 0, 0, bad, none, none, 0, 0, start, none, start, none);
  }

  private static JsonNode points(String series, String step, String time) throws Exception {
    JsonNode answer = cloud.get("/api/v1/data?series=pi-7/" + series + "&step=" + step + time);
    assertNull(answer.get("unknown"));
    return answer.at("/series/0/points");
  }

  private static boolean contains(JsonNode points, JsonNode wanted) {
    for (JsonNode point : points) {
      if (point.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String names(JsonNode answer) {
    return answer.get("series").findValuesAsText("name").stream()
        .map(name -> '"' + name + '"')
        .toList()
        .toString()
        .replace(", ", ",");
  }
}
