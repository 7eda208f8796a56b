package io.edgeflow.cloud.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DashboardFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/dashboard");
  private static final Pattern USES =
      Pattern.compile("(?:(?:href|src)=\"|from \")(/dashboard/|\\./)([a-z.]+)\"");

  @Test
  void servesExactlyTheFilesThatThePageUses() throws Exception {
    Set<String> used = new TreeSet<>(Set.of("index.html"));
    var open = new ArrayDeque<>(used);
    while (!open.isEmpty()) {
      String file = open.remove();
      if (Files.exists(FOLDER.resolve(file))) {
        uses(Files.readString(FOLDER.resolve(file))).filter(used::add).forEach(open::add);
      }
    }
    used.remove("echarts.js"); // Out of its own jar.
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)),
          used);
    }
    used.add("echarts.js");
    used.remove("index.html");
    serves(used);
  }

  @Test
  void fetchesNothingFromElsewhere() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        String foreign = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
        assertTrue(!foreign.contains("http://") && !foreign.contains("https://"), file.toString());
      }
    }
  }

  private static Stream<String> uses(String text) {
    return USES.matcher(text).results().map(DashboardFilesTest::name);
  }

  private static String name(java.util.regex.MatchResult match) {
    return match.group(2);
  }

  private static void serves(Set<String> files) throws Exception {
    Vertx vertx = EventLoop.start(1);
    try (WebServer server =
            WebServer.start(
                vertx, WebSettings.of("127.0.0.1", 0), DashboardRoutes.register(new Routes()));
        HttpClient client = HttpClient.newHttpClient()) {
      for (String file : files) {
        URI address = server.address().resolve("/dashboard/" + file);
        var answer =
            client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(UTF_8));
        assertEquals(200, answer.statusCode(), file);
        Matcher type =
            Pattern.compile("text/(javascript|css); charset=utf-8|image/svg\\+xml")
                .matcher(answer.headers().firstValue("content-type").orElse(""));
        assertTrue(type.matches(), file);
      }
    } finally {
      EventLoop.close(vertx);
    }
  }
}
