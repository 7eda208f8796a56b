package io.edgeflow.gateway.commissioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class AlarmRoutesTest {
  private static final String ADA = "{\"who\":\"ada\",\"why\":\"seen\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  private SmallPlant plant;

  @BeforeEach
  void start() throws Exception {
    plant = new SmallPlant();
    plant.alarms.trouble();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    plant.close();
  }

  @Test
  void tellsWhatIsNotNormal() throws Exception {
    JsonNode page = get("/api/v1/alarms");
    assertEquals(3, page.at("/total").asInt());
    JsonNode first = page.at("/alarms/0");
    assertEquals("flow.hh", first.at("/rule").asText());
    assertEquals("pump-1/flow", first.at("/series").asText());
    assertEquals("limit-hh", first.at("/condition").asText());
    assertEquals("45.0", first.at("/limit").asText());
    assertEquals("47.25", first.at("/value").asText());
    assertEquals("high", first.at("/priority").asText());
    assertEquals("unacknowledged", first.at("/state").asText());
    assertTrue(first.at("/active").asBoolean());
    assertEquals(SmallPlant.NOW_MICROS / 1000 - 180_000, first.at("/raised").asLong());
    assertEquals("close the valve", first.at("/advice").asText());
    assertEquals("", page.at("/alarms/1/advice").asText());
    assertTrue(first.at("/shelf").isNull());
    assertEquals(5, get("/api/v1/alarms?all=true").at("/total").asInt());
    assertEquals(1, get("/api/v1/alarms?limit=1").at("/alarms").size());
  }

  @Test
  void takesWhatPeopleSay() throws Exception {
    String id = get("/api/v1/alarms").at("/alarms/0/id").asText();
    JsonNode acknowledged = done(post(id, "ack", ADA));
    assertEquals("acknowledged", acknowledged.at("/state").asText());
    assertEquals("acknowledged", done(post(id, "ack", ADA)).at("/state").asText(), "again");
    JsonNode shelved =
        done(post(id, "shelve", "{\"who\":\"ada\",\"why\":\"new strainer\",\"for\":\"8h\"}"));
    assertEquals("shelved", shelved.at("/state").asText());
    assertEquals("new strainer", shelved.at("/shelf/why").asText());
    assertEquals(SmallPlant.NOW_MICROS / 1000 + 8 * 3_600_000, shelved.at("/shelf/until").asLong());
    assertEquals(409, post(id, "ack", ADA).statusCode());
    assertEquals(
        "acknowledged", done(post(id, "unshelve", "{\"who\":\"ada\"}")).at("/state").asText());
    List<String> told = plant.alarms.told;
    assertEquals(
        List.of("alarm-acknowledged", "alarm-shelved", "alarm-unshelved"),
        told.subList(told.size() - 3, told.size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ack      | not json                       | the body must be JSON
          ack      | []                             | the body must be
          ack      | {}                             | who must be a text of 1 to 64 characters
          ack      | {"who":7}                      | who must be a text of 1 to 64 characters
          ack      | {"who":" "}                    | who must be a text of 1 to 64 characters
          ack      | {"who":"a\\u0007"}             | who must be a text of 1 to 64 characters
          ack      | {"who":"a","why":null}         | why must be a text of 0 to 200 characters
          ack      | {"who":"a","for":"8h"}         | for is not known
          shelve   | {"who":"a","for":"8h"}         | why must be a text of 1 to 200 characters
          shelve   | {"who":"a","why":"b"}          | for must be a duration
          shelve   | {"who":"a","why":"b","for":"25h"} | for must be 1s to 24h
          shelve   | {"who":"a","why":"b","for":"0s"} | for must be 1s to 24h
          unshelve | {"whom":"a"}                   | whom is not known; did you mean who?
          """)
  void refuses(String verb, String body, String fault) throws Exception {
    String id = get("/api/v1/alarms").at("/alarms/0/id").asText();
    HttpResponse<String> answer = post(id, verb, body);
    assertEquals(400, answer.statusCode(), answer::body);
    String said = new ObjectMapper().readTree(answer.body()).at("/error/message").asText();
    assertTrue(said.startsWith(fault), said);
  }

  @Test
  void knowsOnlyTheAlarmsOfItsRules() throws Exception {
    assertEquals(404, post("0123456789abcdef", "ack", ADA).statusCode());
  }

  /** A page of a stranger must not acknowledge anything. */
  @Test
  void takesNothingFromOtherPages() throws Exception {
    String id = get("/api/v1/alarms").at("/alarms/0/id").asText();
    var request =
        HttpRequest.newBuilder(plant.uri("/api/v1/alarms/" + id + "/ack"))
            .header("origin", "http://elsewhere.example")
            .POST(BodyPublishers.ofString(ADA))
            .build();
    assertEquals(403, client.send(request, BodyHandlers.ofString()).statusCode());
  }

  private static JsonNode done(HttpResponse<String> answer) throws Exception {
    assertEquals(200, answer.statusCode(), answer::body);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> post(String id, String verb, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(plant.uri("/api/v1/alarms/" + id + "/" + verb))
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    var request = HttpRequest.newBuilder(plant.uri(path)).build();
    return done(client.send(request, BodyHandlers.ofString()));
  }
}
