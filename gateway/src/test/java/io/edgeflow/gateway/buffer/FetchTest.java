package io.edgeflow.gateway.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code edgeflow buffer fetch} and the HTTP behind it. */
@Timeout(60)
final class FetchTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void sendsAndSaysWhatWasSent() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("pump-7/flow", "[1,2,3]");
      edge.publish("pump-8/flow", "[4,5]");
      String to = Long.toString(RunningEdge.START_MICROS / 1000 + 1);
      int exit = fetch(edge.address(), "--series", "pump-7/*", "--from", "now-1m", "--to", to);
      assertEquals(ExitCodes.DONE, exit, err::toString);
      assertEquals(
          "sent 3 readings of 1 series in 1 frames, 1 of them committed by the cloud",
          out.toString().strip());
    }
  }

  @Test
  void tellsReportedReadingsAndTheLimit() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("all/flow", "[1,2,3]");
      String to = Long.toString(RunningEdge.START_MICROS / 1000 + 1);
      assertEquals(
          ExitCodes.DONE, fetch(edge.address(), "--series", "*", "--from", "now-1m", "--to", to));
      assertTrue(out.toString().startsWith("sent 0 readings"), out::toString);
      assertTrue(
          out.toString().contains("3 readings had been sent before and were left out"),
          out::toString);
      out.getBuffer().setLength(0);
      String[] twice = {"--series", "*", "--from", "now-1m", "--to", to, "--again", "--limit", "2"};
      fetch(edge.address(), twice);
      assertTrue(out.toString().startsWith("sent 2 readings"), out::toString);
      assertTrue(out.toString().contains("were sent again"), out::toString);
      assertTrue(out.toString().contains("--limit 2 was reached"), out::toString);
    }
  }

  @Test
  void printsTheOutcomeAsJson() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("pump-7/flow", "[1,2]");
      String to = Long.toString(RunningEdge.START_MICROS / 1000 + 1);
      fetch(edge.address(), "--json", "--series", "*", "--from", "now-1m", "--to", to);
      JsonNode outcome = MAPPER.readTree(out.toString());
      assertEquals("done", outcome.path("state").asText());
      assertEquals(2, outcome.path("readings").asInt());
      assertEquals(RunningEdge.START_MICROS / 1000, outcome.path("heldFrom").asLong());
      assertEquals(
          outcome.path("bytes").path("of").asLong(), outcome.path("bytes").path("read").asLong());
    }
  }

  @Test
  void failsWhereNoSeriesIsNamedSo() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("pump-7/flow", "1");
      assertEquals(ExitCodes.FAILED, fetch(edge.address(), "--series", "x/*", "--from", "now-1m"));
      assertTrue(out.toString().startsWith("no series is named x/*; http://"), out::toString);
    }
  }

  @Test
  void endsWhatIsAtWorkOnRequest() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, false)) {
      edge.publish("pump-7/flow", "1");
      String to = Long.toString(RunningEdge.START_MICROS / 1000 + 1);
      String[] order = {"--series", "*", "--from", "now-1m", "--to", to, "--no-wait"};
      assertEquals(ExitCodes.DONE, fetch(edge.address(), order), err::toString);
      assertTrue(out.toString().contains("is at work"), out::toString);
      assertEquals(ExitCodes.FAILED, fetch(edge.address(), order));
      assertTrue(err.toString().contains("is at work; wait for it"), err::toString);
      assertEquals(ExitCodes.DONE, fetch(edge.address(), "--cancel"), err::toString);
      assertTrue(out.toString().contains("cancelled"), out::toString);
      assertEquals(ExitCodes.DONE, fetch(edge.address(), order), err::toString);
    }
  }

  @Test
  void isWronglyUsedWithoutSeriesOrTime() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      assertEquals(ExitCodes.WRONG_USE, fetch(edge.address(), "--series", "*"));
      assertEquals(ExitCodes.WRONG_USE, fetch(edge.address(), "--from", "now-1h"));
      assertEquals(
          ExitCodes.WRONG_USE, fetch(edge.address(), "--series", "*", "--from", "yesterday"));
      assertTrue(err.toString().contains("from = yesterday: must be ISO-8601"), err::toString);
      assertEquals(ExitCodes.FAILED, fetch(edge.address(), "--cancel"));
      assertTrue(err.toString().contains("nothing was fetched"), err::toString);
    }
  }

  @Test
  void failsWhereNoGatewayAnswers() throws Exception {
    URI address;
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      address = edge.address();
    }
    assertEquals(ExitCodes.FAILED, fetch(address, "--series", "*", "--from", "now-1h"));
    assertTrue(err.toString().contains("no gateway answers at " + address), err::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no json                                   | 400 | the body is no JSON
          []                                        | 400 | the body must be a JSON object
          {"series":"*"}                            | 400 | from is required
          {"from":"now-1h"}                         | 400 | series must hold at least one pattern
          {"series":[" "],"from":"now-1h"}          | 400 | series must be a pattern
          {"series":"*","from":"now","to":"now-1h"} | 400 | from must be before to
          {"series":"*","from":"then"}              | 400 | from = then: must be ISO-8601
          {"series":"*","from":1,"limit":0}         | 400 | limit must be 1 or more
          {"series":"*","from":1,"limit":"many"}    | 400 | limit must be a whole number
          {"series":"*","from":1,"again":1}         | 400 | again must be true or false
          {"series":"*","from":1,"until":2}         | 400 | until is not known
          {"series":"*","from":1}                   | 202 |
          """)
  void answersOrders(String body, int status, @Nullable String message) throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      HttpResponse<String> answer = post(edge.address(), body);
      assertEquals(status, answer.statusCode(), answer.body());
      String said = MAPPER.readTree(answer.body()).path("error").path("message").asText();
      assertTrue(said.startsWith(Optional.ofNullable(message).orElse("")), said);
    }
  }

  @Test
  void saysWhereAFetchIsFoundAndThatAnotherIsNot() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      HttpResponse<String> begun = post(edge.address(), "{\"series\":\"*\",\"from\":1}");
      String path = begun.headers().firstValue("location").orElseThrow();
      assertEquals(200, get(edge.address().resolve(path)).statusCode());
      assertEquals(404, get(edge.address().resolve("/api/v1/fetch/123")).statusCode());
    }
  }

  private static HttpResponse<String> post(URI address, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(address.resolve("/api/v1/fetch"))
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return send(HttpRequest.newBuilder(address).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private int fetch(URI gateway, String... options) {
    List<String> all = new ArrayList<>(List.of("fetch", "--gateway", gateway.toString()));
    all.addAll(List.of(options));
    return CommandRunner.line(new Buffer())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
