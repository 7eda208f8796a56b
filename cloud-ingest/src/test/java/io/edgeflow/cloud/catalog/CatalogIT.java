package io.edgeflow.cloud.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test has series of its own, so that none disturbs another. */
final class CatalogIT {
  private static final String ALL = "&step=1m&from=2025-11-20T21:00:00Z&to=2025-11-21T03:00:00Z";
  private static final String WORDS = ",\"who\":\"ada\",\"why\":\"it was wrong\"}";

  private static ServedCloud cloud;
  private static Plant old;
  private static Plant young;

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
    old = new Plant("pi-7", new Random(1));
    young = new Plant("pi-8", new Random(2));
    cloud.store(
        old.windows("other/thing", Plant.window(0, 1)),
        young.windows("other/thing", Plant.window(0, 1)));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void describesASeriesUntilSomebodySaysOtherwise() throws Exception {
    cloud.store(old.windows("words/flow", Plant.window(0, 1)));
    JsonNode said =
        patch(
            "pi-7/words/flow",
            "{\"description\":\"Inlet\",\"unit\":\"m³/h\",\"labels\":{\"hall\":\"3\",\"line\":\"a\"}");
    assertEquals("m³/h", said.get("unit").asText());
    cloud.store(old.windows("words/flow", Plant.window(1, 2)));
    patch("pi-7/words/flow", "{\"labels\":{\"line\":null}");
    JsonNode listed = cloud.get("/api/v1/series?match=pi-7/words/*&label=hall:3&label=hall");
    assertEquals(1, listed.get("total").asInt());
    JsonNode series = listed.at("/series/0");
    assertEquals("{\"hall\":\"3\"}", series.get("labels").toString());
    assertEquals("l/min", series.get("edgeUnit").asText(), "the edge says so still");
    assertEquals("Inlet", series.get("description").asText());
    assertEquals(0, cloud.get("/api/v1/series?match=pi-7/words/*&label=line").get("total").asInt());
    assertEquals(
        "m³/h",
        cloud.get("/api/v1/data?series=pi-7/words/flow" + ALL).at("/series/0/unit").asText());
    assertEquals("l/min", patch("pi-7/words/flow", "{\"unit\":null").get("unit").asText());
    assertEquals("3", audited("series-described", "pi-7/words/flow"));
  }

  @Test
  void refusesWhatNobodyStandsForOrNoSeriesCanHave() throws Exception {
    cloud.store(old.windows("strict/flow", Plant.window(0, 1)));
    String at = "/api/v1/series?name=pi-7/strict/flow";
    for (String body :
        new String[] {
          "{\"description\":\"x\",\"why\":\"y\"}",
          "{\"description\":\"x\",\"who\":\"ada\"}",
          "{\"who\":\"ada\",\"why\":\"y\"}",
          "{\"descripton\":\"x\"" + WORDS,
          "{\"labels\":{\"a:b\":\"c\"}" + WORDS,
          "{\"labels\":{\"a\":7}" + WORDS,
          "nonsense"
        }) {
      assertEquals(400, send("PATCH", at, body).statusCode(), body);
    }
    assertEquals(
        404,
        send("PATCH", "/api/v1/series?name=pi-7/no/such", "{\"unit\":\"V\"" + WORDS).statusCode());
    assertEquals(404, rename("pi-7/no/such", "pi-7/a/b").statusCode());
    assertEquals(400, rename("pi-7/strict/flow", "pi-7/a").statusCode(), "no point");
    assertEquals(400, rename("pi-7/strict/flow", "pi-7/a/#").statusCode());
    HttpResponse<String> typo = rename("pi-7/strict/flow", "pi_8/strict/flow");
    assertEquals(404, typo.statusCode());
    assertTrue(typo.body().contains("did you mean pi-8?"), typo.body());
  }

  @Test
  void findsARenamedSeriesByEveryNameAndStoresWhatItsEdgeGoesOnSending() throws Exception {
    cloud.store(old.windows("pump-1/flow", Plant.window(0, 1)));
    assertEquals(200, rename("pi-7/pump-1/flow", "pi-7/pump-2/flow").statusCode());
    cloud.store(old.windows("pump-1/flow", Plant.window(1, 2)));
    for (String name : new String[] {"pi-7/pump-2/flow", "pi-7/pump-1/flow"}) {
      JsonNode answer = cloud.get("/api/v1/data?series=" + name + ALL);
      assertEquals("pi-7/pump-2/flow", answer.at("/series/0/name").asText());
      assertEquals(2, answer.at("/series/0/points").size(), answer::toString);
      assertTrue(answer.path("unknown").isMissingNode(), answer::toString);
    }
    assertEquals(409, rename("pi-7/pump-2/flow", "pi-7/other/thing").statusCode(), "it is there");
    HttpResponse<String> stale = rename("pi-7/pump-1/flow", "pi-7/pump-3/flow");
    assertEquals(409, stale.statusCode(), "who says so has not heard of the change");
    assertTrue(stale.body().contains("is called pi-7/pump-2/flow now"), stale.body());
    assertEquals(200, rename("pi-7/pump-2/flow", "pi-7/pump-1/flow").statusCode(), "undone");
    assertEquals(
        "[\"pi-7/pump-1/flow\"]", names(cloud.get("/api/v1/data?series=pi-7/pump-2/flow" + ALL)));
    JsonNode story = cloud.get("/api/v1/series/renames?name=pi-7/pump-1/flow");
    assertEquals(2, story.get("renames").size());
    assertEquals("pi-7/pump-2/flow", story.at("/renames/0/from").asText());
  }

  @Test
  void letsTwoSeriesSwapTheirNames() throws Exception {
    cloud.store(
        old.windows("left/flow", Plant.window(0, 1)),
        old.windows("right/flow", Plant.window(0, 2)));
    rename("pi-7/left/flow", "pi-7/third/flow");
    rename("pi-7/right/flow", "pi-7/left/flow");
    assertEquals(200, rename("pi-7/third/flow", "pi-7/right/flow").statusCode());
    cloud.store(
        old.windows("left/flow", Plant.window(1, 1)),
        old.windows("right/flow", Plant.window(1, 2)));
    assertEquals("2.0 2.0 ", means("pi-7/left/flow"), "what is sent as right/flow");
    assertEquals("1.0 1.0 ", means("pi-7/right/flow"));
  }

  @Test
  void makesOneSeriesOfWhatTwoGatewaysSendWhereTheLaterTookTheName() throws Exception {
    cloud.store(old.windows("moved/flow", Plant.window(0, 1)));
    assertEquals(200, rename("pi-7/moved/flow", "pi-8/moved/flow").statusCode());
    cloud.store(young.windows("moved/flow", Plant.window(1, 2)));
    JsonNode listed = cloud.get("/api/v1/series?match=*/moved/flow");
    assertEquals(1, listed.get("series").size(), listed::toString);
    assertEquals(2, listed.at("/series/0/sources").size(), listed::toString);
    cloud.store(old.windows("moved/flow", Plant.window(65, 1)));
    assertTrue(cloud.get("/api/v1/ledger?audit=true").get("balances").asBoolean());
    String hour = "select sum(count) from edgeflow.window_1%s where series = 'pi-8/moved/flow'";
    assertEquals("3", cloud.schema().one(hour.formatted("h")), "touched hours of both");
    assertEquals("3", cloud.schema().one(hour.formatted("d")));
    assertEquals(200, rename("pi-8/moved/flow", "pi-7/moved/flow").statusCode());
    assertEquals(200, rename("pi-8/moved/flow", "pi-8/moved/flow").statusCode(), "taken out");
    assertEquals("1.0 1.0 ", means("pi-7/moved/flow"));
    assertEquals("2.0 ", means("pi-8/moved/flow"));
  }

  @Test
  void joinsAndTakesApartSoThatNothingIsOtherwise() throws Exception {
    cloud.store(
        old.windows("joint/flow", Plant.window(0, 1), Plant.window(1, 1), Plant.window(2, 1)),
        young.windows("joint/flow", Plant.window(1, 2), Plant.window(2, 2)));
    assertEquals(409, rename("pi-7/joint/flow", "pi-8/joint/flow").statusCode(), "it is there");
    String before = parts();
    String at = Long.toString((Plant.START + 2 * Plant.MINUTE) / 1000);
    assertEquals(200, join("pi-7/joint/flow", "pi-8/joint/flow", at).statusCode());
    JsonNode listed = cloud.get("/api/v1/series?match=*/joint/flow");
    assertEquals(1, listed.get("total").asInt());
    assertEquals(at, listed.at("/series/0/sources/1/to").asText(), listed::toString);
    assertEquals(
        "pi-8/joint/flow",
        names(cloud.get("/api/v1/data?series=pi-7/joint/flow" + ALL)).replaceAll("[\\[\\]\"]", ""));
    assertEquals(200, rename("pi-7/joint/flow", "pi-7/joint/flow").statusCode());
    assertEquals(before, parts());
    assertEquals("1.0 1.0 1.0 ", means("pi-7/joint/flow"));
  }

  @Test
  void takesJoinedSeriesApartInTheOrderThatCanBeRight() throws Exception {
    var third = new Plant("pi-9", new Random(3));
    cloud.store(
        old.windows("chain/flow", Plant.window(0, 1)),
        young.windows("chain/flow", Plant.window(1, 2)),
        third.windows("chain/flow", Plant.window(2, 3)),
        third.state("chain/mode", "on", 1));
    assertEquals(409, join("pi-7/chain/flow", "pi-9/chain/mode", "now").statusCode(), "kinds");
    assertEquals(409, join("pi-7/chain/flow", "pi-9/chain/none", "now").statusCode(), "nobody");
    assertEquals(
        400, join("pi-7/chain/flow", "pi-9/chain/flow", "2026-01-01").statusCode(), "ahead");
    String before = parts();
    long first = (Plant.START + Plant.MINUTE) / 1000;
    long second = (Plant.START + 2 * Plant.MINUTE) / 1000;
    assertEquals(200, join("pi-7/chain/flow", "pi-8/chain/flow", "" + first).statusCode());
    assertEquals(200, join("pi-8/chain/flow", "pi-9/chain/flow", "" + second).statusCode());
    assertEquals(3, cloud.get("/api/v1/series?match=*/chain/flow").at("/series/0/sources").size());
    HttpResponse<String> early = rename("pi-7/chain/flow", "pi-7/chain/flow");
    assertEquals(409, early.statusCode(), early::body);
    assertTrue(early.body().contains("take pi-8/chain/flow out first"), early.body());
    assertEquals(200, rename("pi-8/chain/flow", "pi-8/chain/flow").statusCode());
    assertEquals(200, rename("pi-7/chain/flow", "pi-7/chain/flow").statusCode());
    assertEquals(before, parts());
  }

  @Test
  void marksAStretchWithWhoAndWhyAndTakesItBack() throws Exception {
    cloud.store(old.windows("wrong/flow", Plant.window(0, 1)));
    String path = "/api/v1/series/invalid";
    String body =
        "{\"series\":\"pi-7/wrong/flow\",\"from\":\"2025-11-20T21:00:00Z\",\"to\":\"2025-11-20T21:05:00Z\"";
    HttpResponse<String> marked = send("POST", path, body + WORDS);
    assertEquals(201, marked.statusCode(), marked::body);
    int id = new JsonMapper().readTree(marked.body()).get("id").asInt();
    JsonNode there = cloud.get(path + "?series=pi-7/wrong/flow&from=2025-11-20T21:04:00Z");
    assertEquals("it was wrong", there.at("/invalid/0/why").asText());
    assertEquals(
        0,
        cloud
            .get(path + "?series=pi-7/wrong/flow&from=2025-11-20T21:05:00Z")
            .at("/invalid")
            .size());
    assertEquals(400, send("POST", path, body + "}").statusCode(), "nobody says so");
    assertEquals(400, send("DELETE", path + "/" + id + "?who=ada", "").statusCode());
    assertEquals(200, send("DELETE", path + "/" + id + "?who=ada&why=right", "").statusCode());
    assertEquals(404, send("DELETE", path + "/" + id + "?who=ada&why=right", "").statusCode());
    assertEquals(0, cloud.get(path).at("/invalid").size());
    assertEquals("1", audited("series-valid", "pi-7/wrong/flow"));
  }

  /** One cut lies within an hour, and one mark too: neither hours nor days can be taken whole. */
  @Test
  void showsInTheViewsWhatAnswersShow() throws Exception {
    var first = new Plant("pi-1", new Random(4));
    var second = new Plant("pi-2", new Random(5));
    cloud.store(
        first.windows("seen/flow", minutes(0, 150, 1)),
        second.windows("seen/flow", minutes(60, 300, 2)));
    String at = Long.toString((Plant.START + 90 * Plant.MINUTE) / 1000);
    assertEquals(200, join("pi-1/seen/flow", "pi-2/seen/flow", at).statusCode());
    String mark =
        "{\"series\":\"pi-2/seen/flow\",\"from\":%d,\"to\":%d"
            .formatted(
                (Plant.START + 10 * Plant.MINUTE) / 1000,
                (Plant.START + 130 * Plant.MINUTE) / 1000);
    HttpResponse<String> marked = send("POST", "/api/v1/series/invalid", mark + WORDS);
    assertEquals(201, marked.statusCode(), marked::body);
    for (String level : new String[] {"1m", "1h", "1d"}) {
      assertEquals(
          "180 350",
          cloud
              .schema()
              .one(
                  "select sum(count) || ' ' || sum(count * mean) from edgeflow.window_%s where series = 'pi-2/seen/flow'"
                      .formatted(level)),
          level);
      String asked =
          "/api/v1/data?series=pi-2/seen/flow&from=2025-11-20&to=2025-11-23&step=" + level;
      long count = 0;
      for (JsonNode point : cloud.get(asked).at("/series/0/points")) {
        count += point.path("count").asLong();
      }
      assertEquals(180, count, level);
    }
    assertEquals(
        "4",
        cloud
            .schema()
            .one("select count(*) from edgeflow.window_1h where series = 'pi-2/seen/flow'"),
        "one row for each hour that shows something");
    assertEquals(
        "0",
        cloud
            .schema()
            .one("select count(*) from edgeflow.window_1h where series = 'pi-1/seen/flow'"));
  }

  private static Window[] minutes(int from, int to, double value) {
    Window[] windows = new Window[to - from];
    for (int minute = from; minute < to; minute++) {
      windows[minute - from] = Plant.window(minute, value);
    }
    return windows;
  }

  private static String audited(String what, String subject) throws Exception {
    return cloud
        .schema()
        .one(
            "select count(*) from audit where who = 'ada' and what = '%s' and subject = '%s'"
                .formatted(what, subject));
  }

  private static String parts() throws Exception {
    return cloud
        .schema()
        .one(
            "select string_agg(row(id, edge_id, name, head, since, until, unit)::text, ' ' order by"
                + " id) from series where name like 'chain%' or name like 'joint%'");
  }

  private static String means(String name) throws Exception {
    var means = new StringBuilder();
    cloud
        .get("/api/v1/data?series=" + name + ALL)
        .at("/series/0/points")
        .forEach(point -> means.append(point.get("mean").asText()).append(' '));
    return means.toString();
  }

  private static String names(JsonNode answer) {
    var names = new java.util.ArrayList<String>();
    answer.get("series").forEach(one -> names.add('"' + one.get("name").asText() + '"'));
    return names.toString();
  }

  private static JsonNode patch(String name, String body) throws Exception {
    HttpResponse<String> answer = send("PATCH", "/api/v1/series?name=" + name, body + WORDS);
    assertEquals(200, answer.statusCode(), answer::body);
    return new JsonMapper().readTree(answer.body());
  }

  private static HttpResponse<String> rename(String from, String to) throws Exception {
    return send(
        "POST",
        "/api/v1/series/rename",
        "{\"from\":\"%s\",\"to\":\"%s\"".formatted(from, to) + WORDS);
  }

  private static HttpResponse<String> join(String from, String to, String at) throws Exception {
    return send(
        "POST",
        "/api/v1/series/rename",
        "{\"from\":\"%s\",\"to\":\"%s\",\"join\":\"%s\"".formatted(from, to, at) + WORDS);
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return cloud.send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }
}
