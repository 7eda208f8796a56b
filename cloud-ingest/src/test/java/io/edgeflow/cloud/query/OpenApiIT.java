package io.edgeflow.cloud.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.cloud.deploy.SampleRollout;
import io.edgeflow.cloud.registry.SignedBundle;
import io.edgeflow.cloud.registry.TestKeys;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.frame.RawRow;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code openapi.json} against the server that it describes. */
final class OpenApiIT {
  private static ServedCloud cloud;
  private static JsonNode openapi;

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
    openapi = cloud.get("/openapi.json");
    publish();
    var plant = new Plant("pi-7", new Random(7));
    long now = ServedCloud.NOW.toEpochMilli() * 1000;
    cloud.store(
        plant.windows("pump-7/flow", Plant.window(840, 1, 2, 3)),
        plant.state("pump-7/mode", "on", 4),
        plant.raw(
            "pump-7/flow",
            List.of(new RawRow(0, Plant.START + 14 * 3_600_000_000L + 7, 1, null, Quality.GOOD))),
        plant.windows("pump-7/wear.score", Plant.window(840, 0.1, 0.2)),
        plant.events(
            Plant.active(Plant.START, "wear", "1.0", "5f".repeat(32)),
            Plant.active(Plant.START + 1, "any", "1.0", "60".repeat(32))),
        plant.events(
            Plant.alarm("alarm-raised", now, "a", "flow.h", "high", "unacknowledged"),
            Plant.alarm("alarm-raised", Plant.START, "b", "flow.h", "low", "unacknowledged")),
        plant.event("the pump cavitates"));
    cloud.report(
        new Reported(
            "pi-7",
            Reported.VERSION,
            Plant.START,
            "edgeflow",
            List.of(ModelsIT.reported("wear", "5f".repeat(32), "serving", 5)),
            0));
    SampleRollout.insert(
        cloud.schema().database(), "20251121-1203-0a1b2", "0".repeat(64), ServedCloud.NOW);
  }

  /** The answers on the way are in the form that is documented too. */
  private static void publish() throws Exception {
    Map<String, byte[]> files =
        Map.of(
            "manifest.json", SignedBundle.manifest("wear", "1.0"),
            "model.onnx", "graph".getBytes(UTF_8),
            "golden.json", "{}".getBytes(UTF_8));
    SignedBundle bundle = SignedBundle.of("wear", "1.0", 1, files, cloud.keys().ada);
    String versions = "/api/v1/models/wear/versions";
    assertSends("no keys yet", 409, "POST", versions, bundle.signatures());
    byte[] chain = TestKeys.text(cloud.keys().chain);
    assertSends("keys", 201, "POST", "/api/v1/keys", chain);
    assertSends("keys again", 200, "POST", "/api/v1/keys", chain);
    assertSends("begun", 202, "POST", versions, bundle.signatures());
    for (Map.Entry<String, byte[]> piece : bundle.pieces().entrySet()) {
      String chunk = "/api/v1/chunks/" + piece.getKey();
      assertSends("piece", 201, "PUT", chunk, piece.getValue());
      assertSends("piece again", 200, "PUT", chunk, piece.getValue());
    }
    assertSends("published", 201, "POST", versions, bundle.signatures());
    assertSends("published again", 200, "POST", versions, bundle.signatures());
  }

  private static void assertSends(String what, int status, String method, String path, byte[] body)
      throws Exception {
    String documented = path.replace("wear", "{name}").replaceFirst("[0-9a-f]{64}", "{sha256}");
    assertConforms(what, status, method, documented, cloud.send(method, path, body));
  }

  private static void assertConforms(
      String what, int status, String method, String documented, HttpResponse<String> answer)
      throws Exception {
    assertEquals(status, answer.statusCode(), () -> what + ": " + answer.body());
    JsonNode schema =
        openapi
            .path("paths")
            .path(documented)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(status))
            .at("/content/application~1json/schema");
    assertTrue(schema.isObject(), what);
    JsonNode said = new JsonMapper().readTree(answer.body());
    assertEquals(List.of(), new Conformance(openapi).faults(what, said, schema));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void answersEveryPathInTheFormThatIsDocumented() throws Exception {
    List<String> faults = new ArrayList<>();
    for (var path : openapi.get("paths").properties()) {
      JsonNode content = path.getValue().at("/get/responses/200/content");
      if (content.has("application/json")) {
        HttpResponse<String> answer = cloud.ask(example(path.getKey(), path.getValue()));
        assertEquals(200, answer.statusCode(), () -> path.getKey() + ": " + answer.body());
        JsonNode body = new JsonMapper().readTree(answer.body());
        JsonNode schema = content.at("/application~1json/schema");
        faults.addAll(new Conformance(openapi).faults(path.getKey(), body, schema));
      } else if (!content.isMissingNode() && !content.has("text/event-stream")) {
        String asked = example(path.getKey(), path.getValue());
        assertEquals(200, cloud.ask(asked).statusCode(), asked);
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void answersAnAcknowledgementInTheFormThatIsDocumented() throws Exception {
    JsonNode schema =
        openapi.at(
            "/paths/~1api~1v1~1alarms~1{id}~1ack/post/responses/200/content/application~1json/schema");
    for (String id : List.of("pi-7:a", "digest-1")) {
      HttpResponse<String> answer =
          cloud.post("/api/v1/alarms/" + id + "/ack", "{\"who\":\"ada\"}");
      assertEquals(200, answer.statusCode(), answer::body);
      JsonNode body = new JsonMapper().readTree(answer.body());
      assertEquals(List.of(), new Conformance(openapi).faults(id, body, schema));
    }
  }

  @Test
  void answersWhatIsSaidOfSeriesInTheFormThatIsDocumented() throws Exception {
    String words = ",\"who\":\"ada\",\"why\":\"so\"}";
    String mode = "pi-7/pump-7/mode";
    assertSends(
        "described", 200, "PATCH", "/api/v1/series", "?name=" + mode, "{\"unit\":\"x\"" + words);
    assertSends(
        "renamed",
        200,
        "POST",
        "/api/v1/series/rename",
        "",
        "{\"from\":\"" + mode + "\",\"to\":\"pi-7/pump-7/state\"" + words);
    assertSends(
        "marked",
        201,
        "POST",
        "/api/v1/series/invalid",
        "",
        "{\"series\":\"" + mode + "\",\"from\":1000,\"to\":2000" + words);
  }

  private static void assertSends(
      String what, int status, String method, String path, String query, String body)
      throws Exception {
    assertConforms(
        what, status, method, path, cloud.send(method, path + query, body.getBytes(UTF_8)));
  }

  @Test
  void documentsErrorsInTheirOneForm() throws Exception {
    JsonNode error = new JsonMapper().readTree(cloud.ask("/api/v1/data").body());
    JsonNode schema = openapi.at("/components/schemas/Error");
    assertEquals(List.of(), new Conformance(openapi).faults("error", error, schema));
  }

  @Test
  void documentsEveryRouteAndNoOther() throws Exception {
    var documented = new TreeSet<String>();
    for (var path : openapi.get("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    // Files: the dashboard, and this description itself.
    documented.removeAll(Set.of("GET /", "GET /openapi.json"));
    assertEquals(documented, new TreeSet<>(cloud.served()));
    JsonNode near = new JsonMapper().readTree(cloud.ask("/api/v1/none-such").body());
    assertTrue(near.at("/error/near").size() > 0, "the server names what is near");
  }

  @Test
  void documentsEveryParameterThatIsTaken() throws Exception {
    for (var path : openapi.get("paths").properties()) {
      JsonNode get = path.getValue().path("get");
      var names = new TreeSet<String>();
      get.path("parameters")
          .forEach(
              one -> {
                if (one.get("in").asText().equals("query")) {
                  names.add(one.get("name").asText());
                }
              });
      if (names.isEmpty() || path.getKey().contains("{")) {
        continue;
      }
      // Each refuses what it does not take, and names what it takes.
      HttpResponse<String> answer = cloud.ask(path.getKey() + "?no-such-parameter=1");
      assertEquals(400, answer.statusCode(), path.getKey());
      String message = new JsonMapper().readTree(answer.body()).at("/error/message").asText();
      String taken = message.replaceFirst(".* takes ", "");
      assertEquals(names, new TreeSet<>(List.of(taken.split(", "))), path.getKey());
    }
  }

  /** What the parameters that have examples give as such. */
  private static String example(String path, JsonNode described) {
    String whole = path;
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : described.at("/get/parameters")) {
      JsonNode example = parameter.path("example");
      JsonNode one = example.isArray() ? example.get(0) : example;
      if (parameter.get("in").asText().equals("path")) {
        whole = whole.replace("{" + parameter.get("name").asText() + "}", one.asText());
      } else if (!one.isMissingNode()) {
        query.add(
            parameter.get("name").asText()
                + "="
                + URLEncoder.encode(one.asText(), StandardCharsets.UTF_8));
      }
    }
    return query.isEmpty() ? whole : whole + "?" + String.join("&", query);
  }
}
