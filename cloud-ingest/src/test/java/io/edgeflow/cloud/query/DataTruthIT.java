package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.SeriesEntry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is not there, and why; what is wrong; how long a state lasted; what retention left. */
final class DataTruthIT {
  private static final long HOUR = 60;
  private static final String THREE_HOURS = "&from=2025-11-20T21:00:00Z&to=2025-11-21T00:00:00Z";
  private static ServedCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  /** Minutes 0 to 59 and 120 to 179, and nothing between. */
  private static Plant withGap(String edge) throws Exception {
    var plant = new Plant(edge, new Random(edge.hashCode()));
    List<Window> windows = new ArrayList<>();
    for (long minute = 0; minute < HOUR; minute++) {
      windows.add(Plant.window(minute, 1));
      windows.add(Plant.window(2 * HOUR + minute, 2));
    }
    cloud.store(plant.windows("pump/flow", windows.toArray(Window[]::new)));
    cloud
        .schema()
        .execute(
            "update edge set online = true, first_seen = '2025-11-01', last_seen = '2025-11-21';"
                + " update incarnation set named_at = '2025-11-01'");
    return plant;
  }

  private static JsonNode gaps(String edge) throws Exception {
    return cloud
        .get("/api/v1/data?gaps=true&step=1m&series=" + edge + "/pump/flow" + THREE_HOURS)
        .at("/series/0/gaps");
  }

  private static void assertGap(String edge, String reason, String detail) throws Exception {
    JsonNode gaps = gaps(edge);
    assertEquals(1, gaps.size(), gaps::toString);
    assertEquals(1763672400000L + HOUR * 60_000, gaps.at("/0/from").asLong());
    assertEquals(1763672400000L + 2 * HOUR * 60_000, gaps.at("/0/to").asLong());
    assertEquals(reason, gaps.at("/0/reason").asText());
    assertTrue(gaps.at("/0/detail").asText().contains(detail), gaps::toString);
  }

  @Test
  void showsAGapNobodyKnowsOfAsSilence() throws Exception {
    withGap("gap-0");
    assertGap("gap-0", "silent", "");
    assertFalse(
        cloud
            .get("/api/v1/data?step=1m&series=gap-0/pump/flow" + THREE_HOURS)
            .at("/series/0")
            .has("gaps"));
    JsonNode coarse =
        cloud.get("/api/v1/data?gaps=true&step=1h&series=gap-0/pump/flow" + THREE_HOURS);
    assertEquals("hours", coarse.get("resolution").asText());
    assertEquals(1, coarse.at("/series/0/gaps").size());
  }

  @Test
  void namesWhatTheEdgeGaveUp() throws Exception {
    Plant plant = withGap("gap-1");
    var detail =
        new TreeMap<>(Map.of("from", "2025-11-20T22:00:00Z", "to", "2025-11-20T23:00:00Z"));
    cloud.store(
        plant.events(
            new EventRow(
                Plant.START + 9 * HOUR * Plant.MINUTE,
                EventSeverity.ALARM,
                "windows-dropped",
                "",
                "no room",
                detail)));
    assertGap("gap-1", "dropped", "no room");
  }

  @Test
  void namesWhatIsStillAtTheEdge() throws Exception {
    withGap("gap-2");
    cloud.schema().execute("update frame_ledger set highest = highest + 7" + of("gap-2"));
    cloud
        .schema()
        .execute(
            "insert into incarnation select edge_id, incarnation, null, '', '2025-11-01', false"
                + " from frame_ledger"
                + of("gap-2"));
    assertGap("gap-2", "at-edge", "7 frames are still to come");
  }

  @Test
  void namesWhatTheLedgerLost() throws Exception {
    withGap("gap-3");
    cloud
        .schema()
        .execute(
            "insert into frame_fate select id, 'lost', 'restored', '{[2,61)}', 59,"
                + " '2025-11-20 23:01:00Z' from frame_ledger"
                + of("gap-3")
                + "; update frame_checksum set at = '2025-11-20 22:00:00Z' where ledger_id in"
                + " (select id from frame_ledger"
                + of("gap-3")
                + ")");
    assertGap("gap-3", "lost", "59 frames: restored");
  }

  @Test
  void namesAnEdgeThatIsAway() throws Exception {
    withGap("gap-4");
    cloud
        .schema()
        .execute(
            "update edge set online = false, presence_since = '2025-11-21 00:00:00Z'"
                + " where name = 'gap-4'");
    JsonNode gaps =
        cloud
            .get("/api/v1/data?gaps=true&step=1h&series=gap-4/pump/flow&from=2025-11-20T21:00:00Z")
            .at("/series/0/gaps");
    assertEquals("silent", gaps.at("/0/reason").asText(), "it was there then");
    assertEquals("offline", gaps.at("/1/reason").asText());
    assertEquals("2025-11-21T11:00:00Z", iso(gaps.at("/1/to")), "the newest hour is not over");
  }

  @Test
  void showsReadingsWithoutAValueAsAGap() throws Exception {
    var plant = new Plant("gap-5", new Random(5));
    long start = Plant.START + Plant.MINUTE;
    double none = Double.NaN;
    var bad =
        new Window(start, Plant.MINUTE, 3, 0, 0, 3, none, none, 0, 0, start, none, start, none);
    cloud.store(plant.windows("pump/flow", Plant.window(0, 1), bad, Plant.window(2, 1)));
    JsonNode gaps =
        cloud
            .get(
                "/api/v1/data?gaps=true&step=1m&series=gap-5/pump/flow&from=2025-11-20T21:00:00Z"
                    + "&to=2025-11-20T21:03:00Z")
            .at("/series/0/gaps");
    assertEquals("bad", gaps.at("/0/reason").asText());
    assertEquals(1, gaps.size());
  }

  @Test
  void leavesOutWhatIsMarkedAsWrongAndSaysSo() throws Exception {
    withGap("wrong-1");
    mark("wrong-1", "21:30", "23:30", "recalibrated");
    String asked = "/api/v1/data?series=wrong-1/pump/flow" + THREE_HOURS + "&gaps=true&step=";
    for (String step : List.of("1m", "1h", "6h", "1d")) {
      JsonNode series = cloud.get(asked + step).at("/series/0");
      assertEquals(60, sum(series, "count"), step);
      assertEquals("ada", series.at("/invalid/0/who").asText());
      assertEquals(120, sum(cloud.get(asked + step + "&invalid=true").at("/series/0"), "count"));
    }
    JsonNode gaps = cloud.get(asked + "1m").at("/series/0/gaps");
    assertEquals(1, gaps.size());
    assertEquals("invalid", gaps.at("/0/reason").asText());
    assertEquals("recalibrated", gaps.at("/0/detail").asText());
  }

  /** Nothing from 22:00 to 23:00, marked in part; the marks' ends lie within windows. */
  @Test
  void tellsWhatWasMarkedApartFromWhatLiesBesideIt() throws Exception {
    withGap("wrong-2");
    mark("wrong-2", "21:50:30", "22:10", "bucket");
    mark("wrong-2", "22:40", "23:04:30", "bucket");
    String asked = "/api/v1/data?series=wrong-2/pump/flow" + THREE_HOURS + "&gaps=true&step=1m";
    JsonNode gaps = cloud.get(asked).at("/series/0/gaps");
    List<String> told = new ArrayList<>();
    gaps.forEach(gap -> told.add(iso(gap.get("from")) + " " + gap.get("reason").asText()));
    assertEquals(
        List.of(
            "2025-11-20T21:51:00Z invalid",
            "2025-11-20T22:10:00Z silent",
            "2025-11-20T22:40:00Z invalid"),
        told);
    assertEquals("2025-11-20T23:05:00Z", iso(gaps.at("/2/to")));
  }

  /** Even what came before the cloud's clock says that the series was seen first. */
  @Test
  void tellsWhatWasMarkedAtItsBeginning() throws Exception {
    withGap("wrong-3");
    mark("wrong-3", "20:59", "21:20", "bucket");
    JsonNode gaps =
        cloud
            .get("/api/v1/data?series=wrong-3/pump/flow" + THREE_HOURS + "&gaps=true&step=1m")
            .at("/series/0/gaps");
    assertEquals("invalid", gaps.at("/0/reason").asText());
    assertEquals("2025-11-20T21:20:00Z", iso(gaps.at("/0/to")));
  }

  @Test
  void showsJoinedSeriesAsOne() throws Exception {
    withGap("joined-1");
    var plant = new Plant("joined-1", new Random(99));
    cloud.store(plant.windows("pump/old", Plant.window(30, 5), Plant.window(100, 5)));
    cloud
        .schema()
        .execute(
            """
            update series s set until = '2025-11-20 22:30:00Z', head = h.id
            from series h, edge e
            where e.name = 'joined-1' and s.edge_id = e.id and h.edge_id = e.id
              and s.name = 'pump/old' and h.name = 'pump/flow';
            update series s set since = '2025-11-20 22:30:00Z' from edge e
            where e.name = 'joined-1' and s.edge_id = e.id and s.name = 'pump/flow'
            """);
    String asked = "/api/v1/data?series=joined-1/pump/flow" + THREE_HOURS + "&step=";
    for (String step : List.of("1m", "10m", "1h", "1d")) {
      JsonNode series = cloud.get(asked + step).at("/series/0");
      assertEquals(61, sum(series, "count"), step + series);
      assertEquals(5, series.at("/points/0/first").asDouble());
    }
    cloud.schema().execute("update sample_window set last = 8 where last = 5");
    JsonNode latest = cloud.get("/api/v1/latest?series=joined-1/pump/*").get("series");
    assertEquals(1, latest.size());
    assertEquals(2, latest.at("/0/value").asDouble(), "the newest source has the newest value");
  }

  @Test
  void answersFromHoursWhereWindowsAreNotKeptAndSaysSo() throws Exception {
    try (var old = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      var plant = new Plant("old-1", new Random(1));
      old.store(
          plant.windows(
              "pump/flow", Plant.window(0, 1), Plant.window(5, 3), Plant.window(4 * HOUR, 7)));
      old.schema()
          .execute(
              """
              insert into window_hour_sum (time, first_time, last_time, count, uncertain, stale, bad,
                min, max, first, last, sum, series_id)
              select time, first_time, last_time, count, uncertain, stale, bad, min, max, first, last,
                sum, series_id from window_hour;
              delete from rollup_touch;
              update rollup_horizon set minutes = '2025-11-21';
              delete from sample_window where time < '2025-11-21'
              """);
      JsonNode answer =
          old.get(
              "/api/v1/data?series=old-1/pump/flow&step=10m&agg=count,mean,stddev"
                  + "&from=2025-11-20T21:00:00Z&to=2025-11-21T02:00:00Z");
      assertEquals("windows", answer.get("resolution").asText());
      assertEquals(
          "[{\"resolution\":\"hours\",\"from\":1763672400000,\"to\":1763683200000},"
              + "{\"resolution\":\"windows\",\"from\":1763683200000,\"to\":1763690400000}]",
          answer.get("sources").toString());
      assertEquals(
          "[{\"t\":1763672400000,\"span\":3600000,\"count\":2,\"mean\":2.0,\"stddev\":null,"
              + "\"quality\":\"good\"},{\"t\":1763686800000,\"span\":600000,\"count\":1,"
              + "\"mean\":7.0,\"stddev\":0.0,\"quality\":\"good\"}]",
          answer.at("/series/0/points").toString());
    }
  }

  /** The roll-up is made to say what nobody stored: so it is seen who was asked. */
  @Test
  void readsHoursFromTheRollUpUntilTheFirstThatWasTouchedSince() throws Exception {
    try (var rolled = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      var plant = new Plant("old-2", new Random(1));
      for (int hour = 0; hour < 12; hour++) {
        rolled.store(plant.windows("pump/flow", Plant.window(hour * HOUR, 1, 2)));
      }
      rolled
          .schema()
          .execute(
              """
              insert into window_hour_sum (time, first_time, last_time, count, uncertain, stale, bad,
                min, max, first, last, sum, series_id)
              select time, first_time, last_time, count + 90, uncertain, stale, bad, min, max, first,
                last, sum, series_id from window_hour;
              delete from rollup_touch
              """);
      String ask =
          "/api/v1/data?series=old-2/pump/flow&agg=count&from=2025-11-20T21:00:00Z"
              + "&to=2025-11-21T09:00:00Z&step=";
      assertEquals(
          List.of(92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92), counts(rolled, ask + "1h"));
      rolled.store(plant.windows("pump/flow", Plant.window(8 * HOUR + 5, 3)));
      assertEquals(List.of(92, 92, 92, 92, 92, 92, 92, 92, 3, 2, 2, 2), counts(rolled, ask + "1h"));
      assertEquals(List.of(92, 184, 184, 184, 95, 4, 2), counts(rolled, ask + "2h"));
      rolled.store(plant.windows("pump/flow", Plant.window(2 * HOUR + 5, 3)));
      // Far back: the view, which knows which hours were touched and which were not.
      assertEquals(
          List.of(92, 92, 3, 92, 92, 92, 92, 92, 3, 92, 92, 92), counts(rolled, ask + "1h"));
    }
  }

  private static List<Integer> counts(ServedCloud cloud, String ask) throws Exception {
    List<Integer> counts = new ArrayList<>();
    cloud.get(ask).at("/series/0/points").forEach(p -> counts.add(p.get("count").asInt()));
    return counts;
  }

  @Test
  void measuresHowLongAStateLasted() throws Exception {
    var plant = new Plant("state-1", new Random(1));
    cloud.store(state(plant, -30, "off"), state(plant, 15, "on"), state(plant, 75, "off"));
    JsonNode points =
        cloud
            .get(
                "/api/v1/data?series=state-1/pump/mode&agg=timeIn,percent&step=1h"
                    + "&from=2025-11-20T21:00:00Z&to=2025-11-20T23:00:00Z")
            .at("/series/0/points");
    assertEquals("{\"off\":900.0,\"on\":2700.0}", points.at("/0/timeIn").toString());
    assertEquals("{\"off\":25.0,\"on\":75.0}", points.at("/0/percent").toString());
    assertEquals("{\"off\":2700.0,\"on\":900.0}", points.at("/1/timeIn").toString());
    assertEquals(2, points.size());
    JsonNode since =
        cloud
            .get(
                "/api/v1/data?series=state-1/pump/mode&agg=timeIn&step=1h&from=2025-11-20T20:00:00Z"
                    + "&to=2025-11-20T21:00:00Z")
            .at("/series/0/points/0/timeIn");
    assertEquals("{\"off\":1800.0}", since.toString(), "before its first word nothing is known");
  }

  private static Frame state(Plant plant, long minute, String text) {
    return plant.runs(
        List.of(new SeriesEntry("pump/mode", Kind.TEXT, "")),
        List.of(
            new ChangeRow(
                0,
                Plant.START + minute * Plant.MINUTE,
                Plant.START + minute * Plant.MINUTE,
                1,
                Double.NaN,
                text,
                Quality.GOOD)));
  }

  private static String of(String edge) {
    return " where lane = 1 and edge_id = (select id from edge where name = '" + edge + "')";
  }

  private static void mark(String edge, String since, String until, String why)
      throws SQLException {
    cloud
        .schema()
        .execute(
            "insert into series_invalid (series_id, since, until, at, who, why) select s.id,"
                + " '2025-11-20 %sZ', '2025-11-20 %sZ', now(), 'ada', '%s'"
                    .formatted(since, until, why)
                + " from series s join edge e on e.id = s.edge_id where e.name = '%s'"
                    .formatted(edge));
  }

  private static String iso(JsonNode millis) {
    return java.time.Instant.ofEpochMilli(millis.asLong()).toString();
  }

  private static long sum(JsonNode series, String column) {
    long sum = 0;
    for (JsonNode point : series.get("points")) {
      sum += point.get(column).asLong();
    }
    return sum;
  }
}
