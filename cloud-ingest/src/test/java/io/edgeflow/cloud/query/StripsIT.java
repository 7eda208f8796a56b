package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.rollup.Recomputing;
import io.edgeflow.cloud.rollup.RollupJob;
import io.edgeflow.cloud.rollup.RollupSettings;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.wire.frame.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Q1, Q2: what comes out of the strips of hours is what comes of their windows. */
final class StripsIT {
  private static final InstantSource CLOCK = InstantSource.fixed(ServedCloud.NOW);
  private static final Duration NEVER = Duration.ofDays(36_500);
  private static final long SECOND = 1_000_000;
  private static final int HOURS = 30;

  /** That divide an hour; of which those of 8 s lie across five minutes. */
  private static final List<Integer> LENGTHS = List.of(10, 60, 60, 60, 300, 450, 600, 1200, 3600);

  private static final int ACROSS = 8;

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<Plant> plants =
      List.of(new Plant("pi-1", random.split()), new Plant("pi-2", random.split()));
  private ServedCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new ServedCloud(CLOCK);
  }

  @AfterEach
  void stop() throws Exception {
    cloud.close();
  }

  @Test
  void answersAsTheWindowsDo() throws Exception {
    for (int round = 0; round < 3; round++) {
      store(LENGTHS, 0, HOURS);
      rollUp();
      // Touched again, near the end or anywhere.
      store(LENGTHS, random.nextInt(HOURS), HOURS);
      compare(25);
    }
    store(List.of(ACROSS), 7, 8);
    compare(10);
    rollUp();
    compare(10);
  }

  private void compare(int questions) throws Exception {
    List<String> asked = new ArrayList<>();
    List<JsonNode> answers = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      String question = question();
      asked.add(question);
      answers.add(cloud.get(question));
    }
    String kept = cloud.schema().one("select strips from rollup_horizon");
    cloud.schema().execute("update rollup_horizon set strips = '2100-01-01'");
    for (int i = 0; i < questions; i++) {
      assertEquals(cloud.get(asked.get(i)), answers.get(i), "seed " + seed + ": " + asked.get(i));
    }
    cloud.schema().execute("update rollup_horizon set strips = '" + kept + "'");
  }

  private String question() {
    long from = Plant.START / 1000 - 7_200_000 + random.nextInt(20 * 3600) * 1000L;
    long to = from + 10_800_000 + random.nextInt(20 * 3600) * 1000L;
    List<String> columns = new ArrayList<>(List.of("count"));
    for (String column : List.of("min", "max", "mean", "first", "last", "sum")) {
      if (random.nextBoolean()) {
        columns.add(column);
      }
    }
    String step =
        List.of("5m", "10m", "15m", "20m", "30m", "1d&tz=Asia/Kolkata", "1d&tz=Europe/Berlin")
            .get(random.nextInt(7));
    String series = List.of("*", "pi-1/*", "pi-2/pump/1").get(random.nextInt(3));
    return "/api/v1/data?gaps=true&series=%s&from=%d&to=%d&agg=%s&step=%s"
        .formatted(series, from, to, String.join(",", columns), step);
  }

  private void store(List<Integer> lengths, int fromHour, int toHour) throws Exception {
    for (Plant plant : plants) {
      List<WindowRow> rows = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        long length = lengths.get(random.nextInt(lengths.size())) * SECOND;
        long hour = Plant.START + random.nextInt(fromHour, toHour) * 3600L * SECOND;
        long start = hour + random.nextInt((int) (3600 * SECOND / length)) * length;
        rows.add(new WindowRow(random.nextInt(3), window(start, length)));
      }
      cloud.store(
          plant.windows(
              List.of(Plant.gauge("pump/0"), Plant.gauge("pump/1"), Plant.gauge("pump/2")), rows));
    }
  }

  private Window window(long start, long length) {
    double none = Double.NaN;
    if (random.nextInt(9) == 0) {
      int stale = random.nextInt(2);
      return new Window(
          start, length, 1, 0, stale, 1 - stale, none, none, 0, 0, start, none, start, none);
    }
    // Whole numbers: their sums are exact in any order.
    double value = random.nextInt(-50, 51);
    int uncertain = random.nextInt(5) / 4;
    return new Window(
        start,
        length,
        1,
        uncertain,
        0,
        0,
        value,
        value,
        value,
        0,
        start + random.nextInt(2),
        value,
        start + 2,
        value);
  }

  /** The strips are made to say what nobody stored: so it is seen who was asked. */
  @Test
  void readsStripsOfSettledHoursAndWindowsOfAllOthers() throws Exception {
    Plant plant = plants.getFirst();
    for (int hour = 0; hour < 6; hour++) {
      cloud.store(plant.windows("pump/flow", Plant.window(hour * 60L, 1)));
    }
    rollUp();
    cloud.schema().execute("update window_hour_strip set count = int8send(90)");
    assertEquals(List.of(90, 90, 90, 90, 90, 90), counts(6, "5m"));
    assertEquals(List.of(1, 1, 1, 1, 1, 1), counts(6, "1m"));
    assertEquals(List.of(90, 90, 90, 90, 90, 90), counts(6, "30m"));
    assertEquals(List.of(1, 1), counts(2, "5m"), "so little is read as it is");
    cloud.store(plant.windows("pump/flow", Plant.window(4 * 60 + 1, 2)));
    assertEquals(List.of(90, 90, 90, 90, 2, 1), counts(6, "5m"));
    cloud.schema().execute("update rollup_horizon set strips = '2025-11-20 22:00Z'");
    assertEquals(List.of(1, 90, 90, 90, 2, 1), counts(6, "5m"));
    cloud.schema().execute("update rollup_horizon set strips = '2100-01-01'");
    assertEquals(List.of(1, 1, 1, 1, 2, 1), counts(6, "5m"));
  }

  /** A late edge, and one whose windows lie across five minutes, cost their neighbours nothing. */
  @Test
  void readsStripsOfTheOthersWhereOneHasNoneOrWasTouched() throws Exception {
    for (Plant plant : plants) {
      for (int hour = 0; hour < 12; hour++) {
        cloud.store(
            plant.windows("pump/flow", Plant.window(hour * 60L, 1)),
            plant.windows(
                "pump/odd", window(Plant.START + hour * 3600L * SECOND, ACROSS * SECOND)));
      }
    }
    rollUp();
    cloud
        .schema()
        .execute("update window_hour_strip set count = int8send(90) where begins is not null");
    cloud.store(plants.getLast().windows("pump/flow", Plant.window(61, 1)));
    JsonNode series =
        cloud
            .get(
                "/api/v1/data?series=*&agg=count&step=30m&from=2025-11-20T21:00:00Z"
                    + "&to=2025-11-21T09:00:00Z")
            .get("series");
    Map<String, List<Integer>> counts = new TreeMap<>();
    for (JsonNode one : series) {
      List<Integer> all = counts.computeIfAbsent(one.get("name").asText(), _ -> new ArrayList<>());
      one.get("points").forEach(point -> all.add(point.get("count").asInt()));
    }
    List<Integer> ones = Collections.nCopies(12, 1);
    List<Integer> late = new ArrayList<>(ones);
    late.set(1, 2);
    assertEquals(
        Map.of(
            "pi-1/pump/flow", Collections.nCopies(12, 90),
            "pi-1/pump/odd", ones,
            "pi-2/pump/flow", late,
            "pi-2/pump/odd", ones),
        counts);
  }

  private List<Integer> counts(int hours, String step) throws Exception {
    List<Integer> counts = new ArrayList<>();
    Instant from = Instant.ofEpochMilli(Plant.START / 1000);
    cloud
        .get(
            "/api/v1/data?series=pi-1/pump/flow&agg=count&from=%s&to=%s&step=%s"
                .formatted(from, from.plus(Duration.ofHours(hours)), step))
        .at("/series/0/points")
        .forEach(point -> counts.add(point.get("count").asInt()));
    return counts;
  }

  private void rollUp() throws Exception {
    RollupJob job =
        RollupJob.start(
            cloud.schema().database(),
            cloud.schema().layout(),
            StorageSettings.STANDARD,
            new Recomputing(),
            new RollupSettings(
                Duration.ofMillis(5), Duration.ZERO, Duration.ZERO, 1000, NEVER, NEVER),
            CLOCK);
    try {
      Await.until(
          "all is rolled up",
          () -> cloud.schema().one("select count(*) from rollup_touch").equals("0"));
    } finally {
      job.close();
    }
  }
}
