package io.edgeflow.gateway.commissioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GatewayRoutesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private SmallPlant plant;

  @BeforeEach
  void start() throws Exception {
    plant = new SmallPlant();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    plant.close();
  }

  @Test
  void tellsTheAccount() throws Exception {
    JsonNode ledger = json("/api/v1/ledger");
    assertEquals(1_284_031, ledger.at("/received").asLong());
    assertEquals(1_284_019, ledger.at("/accepted").asLong());
    assertEquals(1_280_000, ledger.at("/folded").asLong());
    assertEquals(19, ledger.at("/duplicate").asLong());
    assertEquals(2, ledger.at("/conflict").asLong());
    assertEquals(4_000, ledger.at("/pending").asLong());
    assertEquals(9, ledger.at("/rejected/unparseable").asLong());
    assertEquals(1, ledger.at("/refused/series-limit").asLong());
    assertEquals(310, ledger.at("/unstamped").asLong());
    assertEquals(0, ledger.at("/unverifiable").asLong());
    assertTrue(ledger.at("/balanced").asBoolean());
    assertEquals(1_320, ledger.at("/lanes/window/framed/frames").asLong());
    assertEquals(1_320, ledger.at("/lanes/window/offered").asLong());
    assertEquals(1_279_200, ledger.at("/lanes/window/delivered/readings").asLong());
    assertEquals(4, ledger.at("/lanes/window/buffered/frames").asLong());
    assertEquals(0, ledger.at("/lanes/raw/dropped/frames").asLong());
  }

  @Test
  void tellsTheLastValueOfEverySeriesByName() throws Exception {
    JsonNode latest = json("/api/v1/latest");
    assertEquals(plant.latest.size(), latest.at("/readings").size());
    JsonNode boiler = latest.at("/readings/0");
    assertEquals("boiler-1/temperature", boiler.at("/series").asText());
    assertEquals(71.9, boiler.at("/value").asDouble());
    assertEquals("°C", boiler.at("/unit").asText());
    assertEquals("uncertain", boiler.at("/quality").asText());
    assertEquals(1_400, boiler.at("/age").asLong());
    assertEquals(1_763_672_398_600L, boiler.at("/t").asLong());
    assertEquals("Mohnbrötchen <b>7</b>", latest.at("/readings/1/value").asText());
  }

  @Test
  void filtersAndPagesTheLastValues() throws Exception {
    assertEquals(4, json("/api/v1/latest?match=*/flow").at("/matching").asInt());
    assertEquals(4, json("/api/v1/latest?match=PUMP-1").at("/matching").asInt());
    assertEquals(
        2, json("/api/v1/latest?series=pump-1/flow&series=pump-2/flow").at("/readings").size());
    JsonNode page = json("/api/v1/latest?match=pump-*&offset=15&limit=10");
    assertEquals(16, page.at("/matching").asInt());
    assertEquals("pump-4/vibration/x", page.at("/readings/0/series").asText());
    assertEquals(1, page.at("/readings").size());
    assertEquals(400, get("/api/v1/latest?limit=-1").statusCode());
  }

  @Test
  void keepsNumbersThatJsonHasNoWordForOut() throws Exception {
    plant.reading("a/nan", Kind.GAUGE, "", 0, Double.NaN, null, Quality.BAD);
    assertTrue(json("/api/v1/latest").at("/readings/0/value").isNull());
  }

  @Test
  void tellsHowItIs() throws Exception {
    JsonNode status = json("/api/v1/status");
    assertEquals("pi-7", status.at("/edge").asText());
    assertEquals("connected", status.at("/link/state").asText());
    assertEquals(12_700, status.at("/backlog/bytes/window").asLong());
    assertTrue(status.at("/clock/believed").asBoolean());
    assertEquals("ok", status.at("/journal/state").asText());
    assertTrue(status.at("/ready").asBoolean());
    assertTrue(status.at("/models").isArray());
  }

  @Test
  void tellsWhatWasRejected() throws Exception {
    JsonNode rejects = json("/api/v1/rejects");
    assertEquals(2, rejects.at("/counts/modbus-exception").asInt());
    assertEquals(1, rejects.at("/refused/series-limit").asInt());
    assertEquals("sensors/pump-9/flow", rejects.at("/recent/0/source").asText());
    assertEquals("unparseable", rejects.at("/recent/0/reason").asText());
    assertEquals("<script>alert(1)</script>", rejects.at("/recent/0/start").asText());
  }

  @Test
  void isReadyOnlyWhenNothingIsMissing() throws Exception {
    assertEquals(200, get("/ready").statusCode());
    plant.missing.add("the journal stalls");
    assertEquals(503, get("/ready").statusCode());
    assertTrue(get("/ready").body().contains("the journal stalls"));
    assertEquals(200, get("/health").statusCode(), "alive all the same");
    assertFalse(json("/api/v1/status").at("/ready").asBoolean());
  }

  @Test
  void servesThePageAndItsFiles() throws Exception {
    assertTrue(get("/").body().contains("<title>"));
    for (String file : List.of("/commissioning.js", "/commissioning.css", "/icon.svg")) {
      assertEquals(200, get(file).statusCode(), file);
    }
    assertTrue(get("/metrics").body().contains("edgeflow_build_info"));
  }

  @Test
  void streamsAcceptedReadingsToWhoeverListens() throws Exception {
    var request = HttpRequest.newBuilder(plant.uri("/api/v1/stream?match=pump-*")).build();
    try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      awaitListeners(1);
      plant.live.accepted("boiler-1/level", 1_000_000, 1.5, null, Quality.GOOD);
      plant.live.accepted("pump-1/flow", 2_000_000, 41.5, null, Quality.UNCERTAIN);
      plant.live.accepted("pump-1/mode", 3_000_000, Double.NaN, "auto", Quality.GOOD);
      var found = new ArrayList<JsonNode>();
      var data = lines.filter(line -> line.startsWith("data: ")).iterator();
      while (found.size() < 2) {
        JsonNode batch = new ObjectMapper().readTree(data.next().substring(6));
        assertEquals(0, batch.at("/dropped").asInt());
        batch.at("/readings").forEach(found::add);
      }
      assertEquals("pump-1/flow", found.get(0).at("/series").asText());
      assertEquals(2_000, found.get(0).at("/t").asLong());
      assertEquals(41.5, found.get(0).at("/value").asDouble());
      assertEquals("uncertain", found.get(0).at("/quality").asText());
      assertEquals("auto", found.get(1).at("/value").asText());
    }
    awaitListeners(0);
  }

  private void awaitListeners(int count) {
    while (plant.live.listening() != count) { // The test's own time limit is the deadline.
      plant.live.accepted("other/x", 0, 0, null, Quality.GOOD);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private JsonNode json(String path) throws Exception {
    var answer = get(path);
    assertEquals(200, answer.statusCode(), answer::body);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(plant.uri(path)).build(), BodyHandlers.ofString());
  }
}
