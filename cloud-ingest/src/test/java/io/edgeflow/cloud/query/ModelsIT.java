package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which model runs where, when each wrote scores, and which windows these are. */
final class ModelsIT {
  private static final String ONE = "11".repeat(32);
  private static final String TWO = "22".repeat(32);
  private static final String DAY = "from=2025-11-20T00:00:00Z&to=2025-11-22T00:00:00Z";
  private static ServedCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  static ReportedModel reported(String slot, String digest, String state, long scored) {
    boolean serves = !digest.isEmpty();
    return new ReportedModel(
        slot,
        "",
        serves ? "pump-cavitation" : "",
        serves ? "1.0" : "",
        digest,
        serves ? "cpu" : "",
        state,
        serves ? "" : "it is broken",
        "",
        scored,
        2,
        3,
        41.5,
        180);
  }

  private static void report(String edge, long time, ReportedModel... models) throws Exception {
    cloud.report(new Reported(edge, Reported.VERSION, time, "edgeflow", List.of(models), 0));
  }

  @Test
  void tellsWhichModelRunsWhere() throws Exception {
    report("run-1", 1, reported("wear", ONE, "failing", 4), reported("any", "", "refused", 0));
    report("run-2", 1, reported("wear", ONE, "serving", 5));
    report("run-1", 2, reported("wear", ONE, "serving", 7), reported("any", "", "refused", 0));
    JsonNode models = cloud.get("/api/v1/models?edge=run-1,run-2").get("models");
    assertEquals(2, models.size(), models::toString);
    assertEquals("refused", models.at("/1/edges/0/state").asText());
    assertEquals("it is broken", models.at("/1/edges/0/detail").asText());
    assertEquals(ONE, models.at("/0/digest").asText());
    assertEquals("run-1", models.at("/0/edges/0/edge").asText());
    assertEquals(7, models.at("/0/edges/0/scored").asInt(), "the newest word counts");
    assertEquals(180.0, models.at("/0/edges/0/p99Micros").asDouble());
    assertEquals("run-2", models.at("/0/edges/1/edge").asText());
    assertEquals(ServedCloud.NOW.toEpochMilli(), models.at("/0/edges/1/reported").asLong());
    assertEquals(0, cloud.get("/api/v1/models?edge=run-1&model=other").get("models").size());
    report("run-2", 3);
    assertEquals(0, cloud.get("/api/v1/models?edge=run-2").get("models").size());
  }

  @Test
  void tellsWhereWhatWasPublishedRunsAndRan() throws Exception {
    publish("pump-cavitation", "1.0", "model", 1, ONE);
    publish("pump-cavitation", "2.0", "model", 2, TWO);
    publish("node", "1.4.2", "application", 1, "33".repeat(32));
    cloud.store(
        new Plant("versions-1", new Random(1))
            .events(
                Plant.active(Plant.START, "worn", "1.0", ONE),
                Plant.active(Plant.START + 1, "worn", "2.0", TWO)));
    var deployment =
        new Deployment(
            "start",
            0,
            "",
            0,
            "",
            List.of(program(DeployState.ACTIVE, "33"), program(DeployState.QUEUED, "44")),
            List.of(),
            Map.of(),
            List.of());
    cloud.report(
        new Reported(
            "versions-1",
            Reported.VERSION,
            1,
            "edgeflow",
            List.of(reported("worn", TWO, "serving", 1)),
            0,
            Optional.of(deployment)));
    JsonNode all = cloud.get("/api/v1/models/versions?model=node,pump-cavitation").get("versions");
    assertEquals(3, all.size(), all::toString);
    assertEquals("application", all.at("/0/kind").asText());
    assertEquals("node active", places(all.get(0)));
    assertEquals("2.0", all.at("/1/version").asText(), "the newest first");
    assertEquals("worn serving", places(all.get(1)));
    assertEquals("", places(all.get(2)));
    JsonNode one = cloud.get("/api/v1/models/pump-cavitation/versions?limit=1000");
    assertEquals(2, one.get("versions").size());
    List<String> runs =
        StreamSupport.stream(one.get("runs").spliterator(), false)
            .filter(run -> run.get("edge").asText().equals("versions-1"))
            .map(run -> run.get("version").asText() + " " + run.get("to").isNull())
            .toList();
    assertEquals(List.of("2.0 true", "1.0 false"), runs);
    assertEquals(404, cloud.ask("/api/v1/models/no-such/versions").statusCode());
  }

  private static String places(JsonNode version) {
    return StreamSupport.stream(version.get("edges").spliterator(), false)
        .filter(place -> place.get("edge").asText().equals("versions-1"))
        .map(place -> place.get("slot").asText() + " " + place.get("state").asText())
        .collect(Collectors.joining(","));
  }

  private static DeployedSlot program(DeployState state, String digits) {
    return new DeployedSlot(
        PayloadKind.APPLICATION,
        "node",
        "node",
        "1",
        digits.repeat(32),
        "",
        state,
        true,
        "",
        "",
        0,
        0,
        0,
        Evidence.NONE);
  }

  private static void publish(String model, String version, String kind, int number, String digest)
      throws Exception {
    cloud
        .schema()
        .execute(
            """
            insert into bundle (digest, model, version, number, chunk_size, bytes, signatures, signer, touched, complete)
            values ('%1$s', '%2$s', '%3$s', %4$d, 1024, 5, '', 'ada', now(), true);
            insert into model_version (model, version, kind, number, digest, publisher, published)
            values ('%2$s', '%3$s', '%5$s', %4$d, '%1$s', 'ada', now())
            """
                .formatted(digest, model, version, number, kind));
  }

  @Test
  void listsTheWindowsThatAModelWroteAndThoseThatItShares() throws Exception {
    var plant = new Plant("rows-1", new Random(1));
    long half = Plant.START + 2 * Plant.MINUTE + Plant.MINUTE / 2;
    cloud.store(
        plant.windows("pump-7/wear.score", minutes(0, 5)),
        plant.windows("pump-7/flow/wear.score", minutes(4, 5)),
        plant.windows("pump-7/wear.cavitation", minutes(4, 5)),
        plant.windows("pump-7/wear", minutes(0, 5)),
        plant.windows("pump-7/wearing.score", minutes(0, 5)),
        plant.windows("wear.score/flow", minutes(0, 5)),
        plant.events(
            Plant.active(half, "wear", "2.0", TWO),
            Plant.active(Plant.START + Plant.MINUTE, "wear", "1.0", ONE)));
    JsonNode one = cloud.get("/api/v1/models/" + ONE + "/rows?edge=rows-1&" + DAY);
    assertEquals(
        List.of("pump-7/wear.score 1 false", "pump-7/wear.score 2 true"), rows(one, "rows-1/"));
    JsonNode two = cloud.get("/api/v1/models/" + TWO.substring(0, 8) + "/rows?edge=rows-1&" + DAY);
    assertEquals(
        List.of(
            "pump-7/wear.score 2 true",
            "pump-7/wear.score 3 false",
            "pump-7/flow/wear.score 4 false",
            "pump-7/wear.cavitation 4 false",
            "pump-7/wear.score 4 false"),
        rows(two, "rows-1/"));
    assertEquals(2.5, two.at("/rows/0/mean").asDouble());
    assertEquals(half / 1000, two.at("/runs/0/from").asLong());
    assertTrue(two.at("/runs/0/to").isNull());
    assertEquals(half / 1000, one.at("/runs/0/to").asLong());
    JsonNode some = cloud.get("/api/v1/models/" + TWO + "/rows?edge=rows-1&limit=2&" + DAY);
    assertTrue(some.get("truncated").asBoolean());
    assertEquals(2, some.get("rows").size());
    assertFalse(two.get("truncated").asBoolean());
  }

  /** Back to the old model within a minute: the window is the old one's once, not twice. */
  @Test
  void listsAWindowOnceUnderAModelThatRanInItTwice() throws Exception {
    var plant = new Plant("back-1", new Random(1));
    long start = Plant.START;
    cloud.store(
        plant.windows("pump-7/wear.score", minutes(0, 1)),
        plant.events(
            Plant.active(start, "wear", "1.0", ONE),
            Plant.active(start + 20_000_000, "wear", "2.0", TWO),
            Plant.active(start + 40_000_000, "wear", "1.0", ONE)));
    for (String digest : List.of(ONE, TWO)) {
      JsonNode rows = cloud.get("/api/v1/models/" + digest + "/rows?edge=back-1&" + DAY);
      assertEquals(List.of("pump-7/wear.score 0 true"), rows(rows, "back-1/"));
    }
  }

  @Test
  void twoNodesThatScoreAtOnceShareTheirWindows() throws Exception {
    var plant = new Plant("nodes-1", new Random(1));
    EventRow near = Plant.active(Plant.START, "wear", "1.0", ONE);
    var detail = new TreeMap<>(near.detail());
    detail.put("node", "jetson-1");
    detail.put("digest", TWO);
    var third = new TreeMap<>(detail);
    third.put("node", "jetson-2");
    cloud.store(
        plant.windows("pump-7/wear.score", minutes(0, 1)),
        plant.events(
            near,
            new EventRow(Plant.START + 1, EventSeverity.INFO, "model-active", "", "", detail),
            new EventRow(Plant.START + 2, EventSeverity.INFO, "model-active", "", "", third)));
    JsonNode rows = cloud.get("/api/v1/models/" + TWO + "/rows?edge=nodes-1&" + DAY);
    assertEquals(
        List.of("pump-7/wear.score 0 true", "pump-7/wear.score 0 true"), rows(rows, "nodes-1/"));
    assertEquals("jetson-1", rows.at("/rows/0/node").asText());
    JsonNode runs = cloud.get("/api/v1/models/runs?edge=nodes-1").get("runs");
    assertEquals(3, runs.size());
    runs.forEach(run -> assertTrue(run.get("to").isNull(), "none ends another: " + run));
  }

  /** Events come late, out of order and twice: the runs follow from their times alone. */
  @Test
  void runsFollowFromTheTimesOfEventsWhateverTheirOrder() throws Exception {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      String edge = "order-" + round;
      List<EventRow> told = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      String active = "";
      for (int i = 0; i < 12; i++) {
        String digest = List.of("", ONE, TWO).get(random.nextInt(3));
        long time = Plant.START + i * 1_000_000L;
        told.add(digest.isEmpty() ? inactive(time) : Plant.active(time, "wear", "1", digest));
        if (!digest.equals(active)) {
          end(expected, time);
          if (!digest.isEmpty()) {
            expected.add(digest.substring(0, 1) + " " + i + " null");
          }
        }
        active = digest;
      }
      told.addAll(told.subList(0, random.nextInt(12)));
      Collections.shuffle(told, random);
      var plant = new Plant(edge, random);
      for (EventRow event : told) {
        cloud.store(plant.events(event));
      }
      JsonNode runs = cloud.get("/api/v1/models/runs?edge=" + edge).get("runs");
      List<String> found =
          StreamSupport.stream(runs.spliterator(), false).map(ModelsIT::run).toList().reversed();
      assertEquals(expected, found, edge + " of seed " + seed);
    }
  }

  @Test
  void filtersRuns() throws Exception {
    var plant = new Plant("filter-1", new Random(1));
    cloud.store(
        plant.events(
            Plant.active(Plant.START, "wear", "1.0", ONE),
            Plant.active(Plant.START + Plant.MINUTE, "any", "2.0", TWO),
            Plant.active(Plant.START + 2 * Plant.MINUTE, "wear", "2.0", TWO)));
    assertEquals(3, runs(""));
    assertEquals(1, runs("&slot=any"));
    assertEquals(2, runs("&digest=2222"));
    assertEquals(3, runs("&model=pump-cavitation"));
    assertEquals(0, runs("&model=other"));
    assertEquals(1, runs("&to=2025-11-20T21:00:30Z"));
    assertEquals(2, runs("&from=2025-11-20T21:02:00Z"));
    assertEquals(1, runs("&limit=1"));
  }

  @Test
  void refusesDigestsThatNoneHasAndThatAreNone() throws Exception {
    assertEquals(404, cloud.ask("/api/v1/models/" + "ff".repeat(32) + "/rows").statusCode());
    assertEquals(400, cloud.ask("/api/v1/models/1111/rows").statusCode());
    assertEquals(400, cloud.ask("/api/v1/models/" + "x".repeat(64) + "/rows").statusCode());
    assertEquals(400, cloud.ask("/api/v1/models?slot=x").statusCode());
  }

  private static int runs(String filter) throws Exception {
    return cloud.get("/api/v1/models/runs?edge=filter-1" + filter).get("runs").size();
  }

  private static EventRow inactive(long micros) {
    var detail = new TreeMap<String, String>();
    detail.put("slot", "wear");
    return new EventRow(micros, EventSeverity.INFO, "model-inactive", "", "none scores", detail);
  }

  private static void end(List<String> runs, long micros) {
    if (!runs.isEmpty() && runs.getLast().endsWith("null")) {
      long second = (micros - Plant.START) / 1_000_000;
      runs.set(runs.size() - 1, runs.getLast().replace("null", "" + second));
    }
  }

  private static String run(JsonNode run) {
    String to = run.get("to").isNull() ? "null" : "" + second(run.get("to"));
    return run.get("digest").asText().substring(0, 1) + " " + second(run.get("from")) + " " + to;
  }

  private static long second(JsonNode millis) {
    return millis.asLong() / 1000 - Plant.START / 1_000_000;
  }

  private static List<String> rows(JsonNode answer, String edge) {
    return StreamSupport.stream(answer.get("rows").spliterator(), false)
        .map(
            row ->
                row.get("series").asText().replace(edge, "")
                    + " "
                    + second(row.get("t")) / 60
                    + " "
                    + row.get("shared").asBoolean())
        .toList();
  }

  private static Window[] minutes(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Plant.window(i, i, i + 1))
        .toArray(Window[]::new);
  }
}
