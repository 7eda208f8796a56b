package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may be asked of data beside points: columns, forms, tags, length. */
final class DataFormsIT {
  private static final String TWO_HOURS = "&from=2025-11-20T21:00:00Z&to=2025-11-20T23:00:00Z";
  private static final HttpClient client = HttpClient.newHttpClient();
  private static final Plant plant = new Plant("pi-7", new Random(7));
  private static ServedCloud cloud;

  @BeforeAll
  static void store() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
    cloud.store(
        plant.windows("pump/flow", Plant.window(0, 1, 2), Plant.window(1, 6)),
        counter(Plant.window(-3, 90), Plant.window(0, 100, 110), Plant.window(2, 130, 150)),
        plant.state("pump/mode", "on, \"fast\"", 4));
  }

  private static Frame counter(io.edgeflow.aggregator.window.Window... windows) {
    List<WindowRow> rows = new ArrayList<>();
    for (var window : windows) {
      rows.add(new WindowRow(0, window));
    }
    return plant.windows(List.of(new SeriesEntry("pump/total", Kind.COUNTER, "l")), rows);
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    cloud.close();
  }

  @Test
  void givesTheColumnsThatAreAskedFor() throws Exception {
    assertEquals(
        "[{\"t\":1763672400000,\"span\":600000,\"max\":6.0,\"sum\":9.0,\"stddev\":2.160246899469287,"
            + "\"quality\":\"good\"}]",
        points("series=pi-7/pump/flow&step=10m&agg=sum,max&agg=stddev" + TWO_HOURS).toString());
    HttpResponse<String> refused =
        cloud.ask("/api/v1/data?series=pi-7/pump/flow&agg=median" + TWO_HOURS);
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("agg=median: must be of count, min"), refused::body);
  }

  @Test
  void givesTheIncreaseOfCountersFromTheReadingBefore() throws Exception {
    String increase = "series=pi-7/pump/total&step=1m&agg=increase,rate";
    JsonNode points = points(increase + "&from=2025-11-20T21:00:00Z&to=2025-11-20T21:03:00Z");
    assertEquals(2, points.size());
    assertEquals(20, points.at("/0/increase").asDouble(), "from 90, three minutes before");
    assertEquals(40, points.at("/1/increase").asDouble(), "from 110, over a minute without any");
    assertEquals(20.0 / 181, points.at("/0/rate").asDouble(), 1e-9);
    assertEquals(60, points(increase.replace("1m", "1h") + TWO_HOURS).at("/0/increase").asDouble());
    assertTrue(
        points("series=pi-7/pump/flow&step=1m&agg=increase" + TWO_HOURS)
            .at("/0/increase")
            .isNull());
  }

  @Test
  void choosesTheStepByTheNumberOfPointsThatIsWanted() throws Exception {
    String asked = "/api/v1/data?series=pi-7/pump/flow" + TWO_HOURS;
    assertEquals("10m", cloud.get(asked + "&points=12").get("step").asText());
    assertEquals("1h", cloud.get(asked + "&points=3").get("step").asText());
    assertEquals("hours", cloud.get(asked + "&points=3").get("resolution").asText());
    assertEquals(400, cloud.ask(asked + "&points=3&step=1m").statusCode());
    assertEquals(400, cloud.ask(asked + "&points=0").statusCode());
  }

  @Test
  void writesCsv() throws Exception {
    HttpResponse<String> answer =
        cloud.ask("/api/v1/data?series=pi-7/pump/*&step=1m&agg=mean,count&format=csv" + TWO_HOURS);
    assertEquals(
        "text/csv; charset=utf-8; header=present",
        answer.headers().firstValue("content-type").orElseThrow());
    assertEquals(
        """
        series,unit,time,seconds,count,mean,value,quality
        pi-7/pump/flow,l/min,2025-11-20T21:00:00Z,60,2,1.5,,good
        pi-7/pump/flow,l/min,2025-11-20T21:01:00Z,60,1,6,,good
        pi-7/pump/mode,,2025-11-20T21:00:00Z,0,4,,"on, ""fast"\"\",good
        pi-7/pump/total,l,2025-11-20T21:00:00Z,60,2,105,,good
        pi-7/pump/total,l,2025-11-20T21:02:00Z,60,2,140,,good
        """
            .replace("\n", "\r\n"),
        answer.body());
  }

  @Test
  void takesTheFormThatTheClientAccepts() throws Exception {
    String asked = "/api/v1/data?series=pi-7/pump/flow" + TWO_HOURS;
    assertTrue(ask(asked, "accept", "text/csv, */*;q=0.1").body().startsWith("series,"));
    assertTrue(ask(asked, "accept", "text/html,*/*;q=0.8").body().startsWith("{"));
    assertTrue(ask(asked + "&format=csv", "accept", "application/json").body().startsWith("s"));
    assertEquals(406, ask(asked, "accept", "image/png").statusCode());
    assertEquals(400, cloud.ask(asked + "&format=xml").statusCode());
  }

  @Test
  void sparesWhatTheClientHas() throws Exception {
    String asked = "/api/v1/data?series=pi-8/pump/*&step=1m" + TWO_HOURS;
    var other = new Plant("pi-8", new Random(8));
    cloud.store(other.windows("pump/flow", Plant.window(0, 1)));
    String tag = cloud.ask(asked).headers().firstValue("etag").orElseThrow();
    HttpResponse<String> same = ask(asked, "if-none-match", "\"x\", " + tag);
    assertEquals(304, same.statusCode());
    assertEquals("", same.body());
    assertEquals(tag, same.headers().firstValue("etag").orElseThrow());
    assertEquals(200, ask(asked + "&agg=min", "if-none-match", tag).statusCode());
    cloud.store(other.windows("pump/flow", Plant.window(5, 1)));
    HttpResponse<String> fresh = ask(asked, "if-none-match", tag);
    assertEquals(200, fresh.statusCode());
    assertNotEquals(tag, fresh.headers().firstValue("etag").orElseThrow());
  }

  @Test
  void knowsThatAMovedSeriesIsStillSentByItsEdge() throws Exception {
    String asked = "/api/v1/data?series=pi-41/pump/flow&step=1m" + TWO_HOURS;
    var other = new Plant("pi-40", new Random(40));
    cloud.store(other.windows("pump/flow", Plant.window(0, 1)));
    cloud
        .schema()
        .execute(
            "insert into edge (name) values ('pi-41'); update series set edge_id = (select id from"
                + " edge where name = 'pi-41') where edge_id = (select id from edge where name ="
                + " 'pi-40')");
    String tag = cloud.ask(asked).headers().firstValue("etag").orElseThrow();
    assertEquals(304, ask(asked, "if-none-match", tag).statusCode());
    cloud.store(other.windows("pump/flow", Plant.window(1, 1)));
    assertEquals(200, ask(asked, "if-none-match", tag).statusCode());
  }

  @Test
  void givesLongAnswersAtLengthAndTheyAreTheSame() throws Exception {
    String asked = "/api/v1/data?series=pi-7/pump/flow&series=pi-7/pump/total&step=1s";
    String month = asked + "&from=2025-11-20T00:00:00Z&to=2025-11-22T00:00:00Z";
    HttpResponse<String> answer = cloud.ask(month);
    assertEquals(200, answer.statusCode());
    assertEquals("chunked", answer.headers().firstValue("transfer-encoding").orElseThrow());
    assertEquals(
        cloud.get(asked + TWO_HOURS.replace("&from=2025-11-20T21", "&from=2025-11-20T20")),
        cloud.get(month));
    assertTrue(cloud.ask(month + "&format=csv").body().endsWith("good\r\n"));
  }

  @Test
  void annotatesWithEventsOfTheseSeriesAndTheirEdges() throws Exception {
    var other = new Plant("pi-9", new Random(9));
    cloud.store(
        other.windows("pump/flow", Plant.window(0, 1)),
        other.windows("fan/speed", Plant.window(0, 1)),
        other.event("about the flow"));
    String asked = "/api/v1/data?annotations=true" + TWO_HOURS + "&series=pi-9/";
    assertEquals(
        "about the flow", cloud.get(asked + "pump/flow").at("/annotations/0/message").asText());
    assertEquals("[]", cloud.get(asked + "fan/speed").get("annotations").toString());
    assertFalse(cloud.get(asked.replace("true", "false") + "pump/flow").has("annotations"));
  }

  private static JsonNode points(String query) throws Exception {
    return cloud.get("/api/v1/data?" + query).at("/series/0/points");
  }

  private static HttpResponse<String> ask(String path, String header, String value)
      throws Exception {
    URI address = URI.create("http://127.0.0.1:" + cloud.port() + path);
    return client.send(
        HttpRequest.newBuilder(address).header(header, value).build(), BodyHandlers.ofString());
  }
}
