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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgeflow buffer capture} and the HTTP behind it. */
@Timeout(60)
final class CaptureTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void beginsListsAndEnds() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      URI at = edge.address();
      String[] order = {"--series", "pump-7/*", "--for", "10m", "--who", "ada", "--why", "noise"};
      assertEquals(ExitCodes.DONE, capture(at, order), err::toString);
      String[] said = out.toString().strip().split(" ", 3);
      assertEquals("captures", said[0]);
      assertEquals("pump-7/* until 2025-11-20T21:10:00Z for ada: noise", said[2]);
      out.getBuffer().setLength(0);

      assertEquals(ExitCodes.DONE, capture(at, "--list", "--json"), err::toString);
      JsonNode page = MAPPER.readTree(out.toString());
      assertEquals(said[1], page.at("/captures/0/id").asText());
      assertEquals(600_000, page.at("/captures/0/lengthMillis").asLong());
      out.getBuffer().setLength(0);

      assertEquals(ExitCodes.DONE, capture(at, "--end", said[1]), err::toString);
      assertTrue(out.toString().startsWith("ended " + said[1]), out::toString);
      assertEquals(ExitCodes.FAILED, capture(at, "--end", said[1]));
      assertTrue(err.toString().contains("no such capture is at work"), err::toString);
      out.getBuffer().setLength(0);
      capture(at, "--list");
      assertEquals("nothing is captured on demand", out.toString().strip());
    }
  }

  @Test
  void isWronglyUsedWithoutSeriesOrWithATimeThatIsNone() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      assertEquals(ExitCodes.WRONG_USE, capture(edge.address(), "--series", "*"));
      assertEquals(ExitCodes.WRONG_USE, capture(edge.address(), "--for", "10m"));
      assertEquals(ExitCodes.WRONG_USE, capture(edge.address(), "--series", "*", "--for", "25h"));
      assertTrue(err.toString().contains("a capture always has an end"), err::toString);
    }
  }

  @Test
  void refusesOrdersThatMakeNoSense() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      refused(edge, "no json", "the body must be JSON");
      refused(edge, "{\"serie\":\"*\"}", "serie is not known; did you mean series?");
      refused(edge, "{\"for\":\"1m\",\"who\":\"a\"}", "series must hold at least one pattern");
      refused(edge, "{\"series\":[\" \"],\"for\":\"1m\",\"who\":\"a\"}", "series must be a pat");
      refused(edge, "{\"series\":\"*\",\"who\":\"a\"}", "for ");
      refused(edge, "{\"series\":\"*\",\"for\":\"0s\",\"who\":\"a\"}", "for must be 1s to 24h");
      refused(edge, "{\"series\":\"*\",\"for\":\"1m\"}", "who must be a text of 1 to 64");
    }
  }

  private static void refused(RunningEdge edge, String body, String why) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(edge.address().resolve("/api/v1/captures"))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(400, answer.statusCode(), answer.body());
      String said = MAPPER.readTree(answer.body()).at("/error/message").asText();
      assertTrue(said.startsWith(why), said);
    }
  }

  private int capture(URI gateway, String... options) {
    List<String> all = new ArrayList<>(List.of("capture", "--gateway", gateway.toString()));
    all.addAll(List.of(options));
    return CommandRunner.line(new Buffer())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
