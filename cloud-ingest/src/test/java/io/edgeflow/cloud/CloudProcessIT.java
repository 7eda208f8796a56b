package io.edgeflow.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.watching.PrometheusRulesTest;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.settings.SettingsLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole process with its own database. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class CloudProcessIT {
  @TempDir Path data;

  private static final String LEADS = "\nedgeflow_rollup_leading 1";

  @Test
  void startsIntoReadinessSurvivesItsDatabasesDeathAndStopsInOrder() throws Exception {
    Lifecycle parts = new Lifecycle("cloud");
    CloudProcess cloud = CloudProcess.start(parts, config());
    Await.until("ready", () -> status(cloud, "/ready") == 200);
    assertEquals(200, status(cloud, "/health"));
    assertTrue(cloud.mqttPort() > 0);
    for (String meter : PrometheusRulesTest.OF_THE_CLOUD) {
      assertTrue(text(cloud, "/metrics").contains("\n" + meter), meter);
    }
    Await.until("rolls up", () -> text(cloud, "/metrics").contains(LEADS));
    long server = postmaster();
    ProcessHandle.of(server).orElseThrow().destroyForcibly();
    Await.until("another server", () -> postmaster() != server);
    Await.until("answers again", () -> status(cloud, "/api/v1/edges") == 200);
    Await.until("ready again", () -> status(cloud, "/ready") == 200);
    parts.close();
    assertEquals(List.of(), parts.failures());
    assertFalse(Files.exists(postmasterFile()), "its database has stopped");
  }

  @Test
  void leavesNothingOpenWhenItCannotStart() throws Exception {
    Lifecycle first = new Lifecycle("cloud");
    CloudProcess cloud = CloudProcess.start(first, config());
    Lifecycle second = new Lifecycle("cloud");
    try {
      CloudProcess.start(second, config());
      throw new AssertionError("two processes with one directory");
    } catch (IOException refused) {
      assertTrue(refused.toString().contains("owns"), refused.toString());
    }
    assertEquals(List.of(), second.stillOpen());
    assertEquals(200, status(cloud, "/health"));
    first.close();
  }

  private CloudConfig config() throws Exception {
    return new SettingsLoader(Map.of(), data)
        .load(
            CloudConfig.class,
            Optional.empty(),
            List.of("dataDir=" + data.resolve("cloud"), "mqtt.port=0", "http.port=0"))
        .value();
  }

  private long postmaster() throws Exception {
    return Long.parseLong(Files.readAllLines(postmasterFile()).getFirst().strip());
  }

  private Path postmasterFile() {
    return data.resolve("cloud/postgres/data/postmaster.pid");
  }

  private static String text(CloudProcess cloud, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + cloud.httpPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static int status(CloudProcess cloud, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + cloud.httpPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
