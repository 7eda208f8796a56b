package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.TimeTable;
import io.edgeflow.wire.frame.RawRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything but points: who there is, what is new, what happened, and the account of it. */
final class AnswersIT {
  private static final String BAD_INPUT_OF = "/api/v1/";
  private static ServedCloud cloud;

  @BeforeAll
  static void store() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
    var seven = new Plant("pi-7", new Random(7));
    cloud.store(
        seven.windows("pump-1/flow", Plant.window(0, 1, 2, 3), Plant.window(1, 4, 5)),
        seven.windows("pump-2/flow", Plant.window(0, 9)),
        seven.state("pump-1/mode", "running", 4),
        seven.raw("pump-1/flow", 1, 2, 3),
        seven.event("the pump cavitates"));
    var nine = new Plant("pi-9", new Random(9));
    nine.windows("fan/speed", Plant.window(0, 1, 1, 1));
    cloud.store(nine.windows("fan/speed", Plant.window(1, 1, 1)));
    cloud
        .schema()
        .execute(
            "update edge set site = 'Ghent', online = true, labels = '{\"line\": \"4\","
                + " \"edgeflow.promise\": \"off\"}' where name = 'pi-7'");
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void tellsOfEdgesHowFarBehindTheyAre() throws Exception {
    JsonNode edges = cloud.get("/api/v1/edges").get("edges");
    assertEquals("pi-7", edges.at("/0/name").asText());
    assertEquals("Ghent", edges.at("/0/site").asText());
    assertTrue(edges.at("/0/online").asBoolean());
    assertEquals(3, edges.at("/0/series").asInt());
    assertEquals(Plant.START / 1000 + 120_000, edges.at("/0/lastWindow").asLong());
    assertEquals("{\"frames\":0,\"readings\":0}", edges.at("/0/pending").toString());
    assertEquals("{\"frames\":1,\"readings\":3}", edges.at("/1/pending").toString());
    assertEquals(32, edges.at("/0/incarnation").asText().length());
    assertEquals("off", edges.at("/0/promise").asText());
    assertEquals("{\"line\":\"4\"}", edges.at("/0/labels").toString());
    assertEquals("on", edges.at("/1/promise").asText());
  }

  @Test
  void pagesThroughSeriesByName() throws Exception {
    JsonNode first = cloud.get("/api/v1/series?limit=2");
    assertEquals(4, first.get("total").asInt());
    assertEquals("pi-7/pump-1/mode", first.get("next").asText());
    JsonNode second = cloud.get("/api/v1/series?limit=2&after=" + first.get("next").asText());
    assertEquals("pi-7/pump-2/flow", second.at("/series/0/name").asText());
    assertEquals("pi-9/fan/speed", second.at("/series/1/name").asText());
    assertFalse(second.has("next"));
    assertEquals(4, second.get("total").asInt());
    JsonNode flows = cloud.get("/api/v1/series?match=*/flow");
    assertEquals(2, flows.get("series").size());
    assertEquals("gauge", flows.at("/series/0/kind").asText());
    assertEquals("l/min", flows.at("/series/0/unit").asText());
    assertEquals(1, cloud.get("/api/v1/series?match=pi-7/pump-1/mode").get("total").asInt());
    assertEquals(0, cloud.get("/api/v1/series?match=pi-7/pump_1/%25").get("total").asInt());
  }

  @Test
  void givesTheLatestValueOfNumbersAndTexts() throws Exception {
    JsonNode latest = cloud.get("/api/v1/latest?series=pi-7/pump-1/*").get("series");
    assertEquals(5.0, latest.at("/0/value").asDouble());
    assertEquals(Plant.START / 1000 + 61_000, latest.at("/0/t").asLong());
    assertEquals("running", latest.at("/1/value").asText());
    assertEquals(4, cloud.get("/api/v1/latest").get("series").size());
  }

  @Test
  void saysThatASeriesIsStaleWithTheValueThatItHad() throws Exception {
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      var plant = new Plant("pi-1", new Random(1));
      long minute = 60_000_000;
      Window alone = silent(Plant.START + minute);
      Window within = Plant.window(0, 6, 7).merge(silent(Plant.START));
      long now = ServedCloud.NOW.getEpochSecond() * 1_000_000 / minute * minute;
      other.store(plant.windows("pump/flow", Plant.window(0, 4, 5), alone));
      other.store(plant.windows("pump/speed", within));
      other.store(plant.windows("pump/power", silent(now)));
      JsonNode latest = other.get("/api/v1/latest").get("series");
      assertEquals("[\"stale\",\"stale\",\"stale\"]", words(latest, "quality"));
      assertEquals("[5.0,null,7.0]", words(latest, "value"));
    }
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      var plant = new Plant("pi-1", new Random(1));
      long minute = 60_000_000;
      long now = ServedCloud.NOW.getEpochSecond() * 1_000_000 / minute - Plant.START / minute;
      Window within = Plant.window(now, 6).merge(silent(Plant.START + now * minute));
      other.store(plant.windows("pump/flow", within));
      JsonNode latest = other.get("/api/v1/latest").get("series");
      assertEquals("[\"uncertain\"]", words(latest, "quality"), "it may have come back since");
    }
  }

  private static String words(JsonNode items, String field) {
    return items.findValues(field).toString().replace(", ", ",");
  }

  /** What an edge makes of a series that said nothing for a minute. */
  private static Window silent(long start) {
    double none = Double.NaN;
    long length = 60_000_000;
    return new Window(start, length, 1, 0, 1, 0, none, none, 0, 0, start, none, start, none);
  }

  @Test
  void givesSingleReadingsByTime() throws Exception {
    String day = "&from=2025-11-20T00:00:00Z&to=2025-11-21T00:00:00Z";
    JsonNode raw = cloud.get("/api/v1/raw?series=pi-7/pump-1/*&series=pi-7/none" + day);
    assertEquals("pi-7/pump-1/flow", raw.at("/series/0/name").asText());
    assertEquals(
        "[{'t':T,'value':1.0,'quality':'good'},{'t':T,'value':2.0,'quality':'good'},{'t':T,'value':3.0,'quality':'good'}]"
            .replace('\'', '"')
            .replace("T", "" + Plant.START / 1000),
        raw.at("/series/0/readings").toString());
    assertEquals("[]", raw.at("/series/1/readings").toString(), "a state sends none");
    assertEquals("[\"pi-7/none\"]", raw.get("unknown").toString());
    assertFalse(raw.get("truncated").asBoolean());
  }

  @Test
  void cutsSingleReadingsOfAllSeriesAtOneTime() throws Exception {
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      var plant = new Plant("pi-1", new Random(1));
      other.store(
          plant.raw(
              "pump/flow",
              List.of(
                  new RawRow(0, Plant.START + 5, 1, null, Quality.UNCERTAIN),
                  new RawRow(0, Plant.START + 2_000_000, 3, null, Quality.GOOD))),
          plant.raw(
              "pump/level",
              List.of(
                  new RawRow(0, Plant.START + 1_000_000, Double.NaN, null, Quality.BAD),
                  new RawRow(0, Plant.START + 3_000_000, 4, null, Quality.GOOD))));
      String question = "/api/v1/raw?series=pi-1/*&from=now-1d&limit=";
      JsonNode raw = other.get(question + 3);
      long t = Plant.START / 1000;
      assertTrue(raw.get("truncated").asBoolean());
      assertEquals(
          "{\"t\":%d,\"micros\":5,\"value\":1.0,\"quality\":\"uncertain\"}".formatted(t),
          raw.at("/series/0/readings/0").toString());
      assertEquals(2, raw.at("/series/0/readings").size());
      assertEquals(
          "[{\"t\":%d,\"value\":null,\"quality\":\"bad\"}]".formatted(t + 1000),
          raw.at("/series/1/readings").toString());
      assertFalse(other.get(question + 4).get("truncated").asBoolean());
      assertTrue(other.get("/api/v1/ledger?audit=true").get("balances").asBoolean());
    }
  }

  @Test
  void filtersEvents() throws Exception {
    JsonNode event = cloud.get("/api/v1/events").at("/events/0");
    assertEquals("the pump cavitates", event.get("message").asText());
    assertEquals("pi-7/pump/flow", event.get("series").asText());
    assertEquals("alarm", event.get("severity").asText());
    assertEquals(Plant.START / 1000, event.get("t").asLong());
    assertEquals(1, events("?edge=pi-7,pi-9&type=g*&severity=alarm&severity=info"));
    assertEquals(0, events("?edge=pi-9"));
    assertEquals(0, events("?type=g_p"));
    assertEquals(0, events("?severity=info,warning"));
    assertEquals(0, events("?from=2025-11-20T22:00:00Z"));
    assertEquals(1, events("?from=2025-11-20T21:00:00Z&to=2025-11-20T21:00:01Z"));
  }

  @Test
  void balancesTheAccountAgainstTheTables() throws Exception {
    JsonNode ledger = cloud.get("/api/v1/ledger?edge=pi-7&audit=true");
    assertTrue(ledger.get("balances").asBoolean(), ledger.toString());
    assertEquals(10, ledger.at("/readings/stored").asLong());
    assertEquals(10, ledger.at("/readings/accepted").asLong());
    assertEquals(0, ledger.at("/readings/missing").asLong());
    assertEquals(3, ledger.at("/totals/raw/committed/readings").asLong());
    assertEquals(3, ledger.get("lanes").size());
    assertEquals(2, ledger.get("audit").size());
    assertEquals(10, ledger.at("/audit/0/inTables").asLong());
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    JsonNode ledger = cloud.get("/api/v1/ledger?edge=pi-9");
    assertEquals("{\"frames\":1,\"readings\":3}", ledger.at("/lanes/0/missing").toString());
    assertEquals(0, ledger.at("/lanes/0/lowWater").asLong());
    assertEquals(3, ledger.at("/readings/missing").asLong());
    assertTrue(ledger.get("balances").asBoolean(), "what is under way is accounted for");
  }

  @Test
  void noticesReadingsThatAreInTheTablesBesideTheAccount() throws Exception {
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      other.store(new Plant("pi-1", new Random(1)).windows("pump/flow", Plant.window(0, 1, 2)));
      assertTrue(other.get("/api/v1/ledger?audit=true").get("balances").asBoolean());
      other.schema().execute("update sample_window set count = count + 1");
      JsonNode ledger = other.get("/api/v1/ledger?audit=true");
      assertFalse(ledger.get("balances").asBoolean());
      assertEquals(
          "{\"edge\":\"pi-1\",\"lane\":\"window\",\"committed\":2,\"inTables\":3,\"rolledUpOnly\":0,\"removed\":0,\"balances\":false}",
          ledger.at("/audit/0").toString());
    }
  }

  @Test
  void namesTheDatabase() throws Exception {
    JsonNode status = cloud.get("/api/v1/status");
    assertEquals(60, status.get("uptimeSeconds").asLong());
    assertTrue(status.at("/database/reachable").asBoolean());
    assertTrue(status.at("/database/version").asText().matches("\\d+.*"));
    assertTrue(status.at("/database/bytes").asLong() > 0);
    assertFalse(status.at("/database/atRisk").asBoolean());
    assertEquals("[]", status.at("/database/risks").toString());
  }

  @Test
  void tellsHowTheTablesAreCutAndWhatAgeTookOfThem() throws Exception {
    cloud
        .schema()
        .execute(
            "insert into retention_log (source, part, from_time, to_time, rows)"
                + " values ('sample_raw', 'x', '2025-01-01Z', '2025-01-02Z', 7)");
    JsonNode storage = cloud.get("/api/v1/status").get("storage");
    assertEquals(cloud.schema().layout().word(), storage.get("layout").asText());
    JsonNode raw = storage.at("/tables/1");
    assertEquals("sample_raw", raw.get("name").asText());
    assertEquals("90d", raw.get("keep").asText());
    assertEquals(cloud.schema().parts(TimeTable.SAMPLE_RAW).size(), raw.get("parts").asInt());
    assertEquals(7, raw.get("removed").asLong());
    assertEquals(1_735_776_000_000L, raw.get("removedTo").asLong());
    cloud.schema().execute("delete from retention_log");
  }

  @Test
  void saysWhereTheDatabaseMayLoseWhatItCommitted(@TempDir Path home) throws Exception {
    try (var server = EmbeddedPostgres.start(home, Path.of("target"));
        var other =
            new ServedCloud(Schema.in(server.address()), InstantSource.fixed(ServedCloud.NOW))) {
      other.endanger(true);
      try {
        JsonNode database = other.get("/api/v1/status").get("database");
        assertTrue(database.get("atRisk").asBoolean());
        assertTrue(database.at("/risks/0").asText().startsWith("no synchronous standby"));
      } finally {
        other.endanger(false);
      }
    }
  }

  @Test
  void namesParameterValueAndRuleOfBadInput() throws Exception {
    refuses("data", "series is missing");
    refuses("data?series=", "series=: must be a series");
    refuses("data?series=a/b&step=7m", "step=7m: must divide one hour");
    refuses("data?series=a/b&from=soon", "from=soon: must be ISO-8601");
    refuses("data?series=a/b&to=1950-01-01", "to=1950-01-01: must lie between");
    refuses("data?series=a/b&from=now&to=now-1h", "from=now: must be before to");
    refuses("data?series=a/b&tz=Mars", "tz=Mars: must be a time zone");
    refuses("data?series=a/b&from=now-7d&step=1s", "step=1s: makes 604800 points");
    refuses("data?series=a/b&form=now-1h", "form is no parameter of /api/v1/data");
    refuses("data?series=" + "x".repeat(400), "must be a series");
    refuses("data?series=%00", "series: must be text without a NUL");
    refuses("data?" + "series=a/b&".repeat(1001), "more than 1000 times");
    refuses("series?limit=0", "limit=0: must be a whole number from 1 to 5000");
    refuses("series?limit=ten", "limit=ten: must be");
    refuses("latest?match=x", "match is no parameter");
    refuses("raw", "series is missing");
    refuses("raw?series=a/b&limit=50001", "limit=50001: must be a whole number from 1 to 50000");
    refuses("raw?series=a/b&from=now&to=now-1h", "from=now: must be before to");
    refuses("raw?series=a/b&step=1m", "step is no parameter of /api/v1/raw");
    refuses("events?severity=bad", "severity=bad: must be one of info, warning, alarm");
    refuses("ledger?audit=maybe", "audit=maybe: must be true or false");
    refuses("stream?serie=x", "serie is no parameter");
    refuses("edges?site=x", "site is no parameter");
  }

  @Test
  void refusesPatternsThatMatchTooMuch() throws Exception {
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      other.store(new Plant("pi-1", new Random(1)).windows("pump/flow", Plant.window(0, 1)));
      other
          .schema()
          .execute(
              "insert into series (edge_id, name, kind) select 1, 'x/' || n, 0 from"
                  + " generate_series(1, 2100) n");
      assertEquals(400, other.ask("/api/v1/data?series=*").statusCode());
      assertTrue(other.ask("/api/v1/data?series=*").body().contains("more than 1000 series match"));
      assertEquals(400, other.ask("/api/v1/latest").statusCode());
      assertEquals(500, other.get("/api/v1/series").get("series").size());
    }
  }

  @Test
  void saysWhenToComeAgainWhereTheDatabaseIsAway() throws Exception {
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      // So the writer has its connection.
      other.store(new Plant("pi-1", new Random(1)).windows("pump/flow", Plant.window(0, 1)));
      var pool = other.schema().database();
      var taken = takeAll(pool);
      var answer = other.ask("/api/v1/edges");
      assertEquals(503, answer.statusCode());
      assertEquals("2", answer.headers().firstValue("retry-after").orElseThrow());
      assertFalse(other.get("/api/v1/status").at("/database/reachable").asBoolean());
      for (var connection : taken) {
        connection.close();
      }
      other.get("/api/v1/edges");
    }
  }

  /** Most are not open yet, and may take a while; in the end nobody waits long for one. */
  private static List<Connection> takeAll(HikariDataSource pool) throws SQLException {
    var taken = new ArrayList<Connection>();
    while (pool.getHikariPoolMXBean().getActiveConnections() < pool.getMaximumPoolSize()) {
      taken.add(pool.getConnection());
    }
    pool.getHikariConfigMXBean().setConnectionTimeout(300);
    try {
      while (taken.size() < 100) {
        taken.add(pool.getConnection());
      }
    } catch (SQLException none) {
      return taken;
    }
    throw new AssertionError("the pool has no bound");
  }

  private static int events(String query) throws Exception {
    return cloud.get("/api/v1/events" + query).get("events").size();
  }

  private static void refuses(String path, String message) throws Exception {
    var answer = cloud.ask(BAD_INPUT_OF + path);
    assertEquals(400, answer.statusCode(), () -> path + ": " + answer.body());
    assertTrue(answer.body().contains(message), () -> path + ": " + answer.body());
  }
}
