package io.edgeflow.cloud.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.dashboard.DashboardRoutes;
import io.edgeflow.cloud.intake.Intake;
import io.edgeflow.cloud.live.LiveHub;
import io.edgeflow.cloud.query.CloudFacts;
import io.edgeflow.cloud.query.QueryRoutes;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a cloud process has of rollouts: broker, controller, pages; it may die and start again. Its
 * other pages are there too, for a browser.
 */
final class RolloutCloud implements AutoCloseable {
  private final Vertx vertx = EventLoop.start(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final LiveHub live = new LiveHub();
  private final Deployments deployments;
  private final Intake intake;
  private final WebServer web;

  private RolloutCloud(Deployments deployments, Intake intake, Schema schema) throws Exception {
    this.deployments = deployments;
    this.intake = intake;
    Routes routes = deployments.register(new Routes());
    var facts =
        new CloudFacts("test", Instant.now(), true, () -> 0, () -> 0, () -> List.<String>of());
    new QueryRoutes(schema.database(), InstantSource.system(), facts).register(routes);
    live.register(routes);
    DashboardRoutes.register(routes);
    this.web = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes);
  }

  static RolloutCloud start(Schema schema) throws Exception {
    InstantSource clock = InstantSource.system();
    Deployments deployments =
        new Deployments(schema.database(), TestKeys.authority(), new TestRegistry(), clock);
    Intake intake =
        Intake.start(
            BrokerSettings.of("127.0.0.1", 0),
            schema.settings(1000, clock),
            Optional.empty(),
            LiveFeed.NONE,
            deployments.ear(),
            new SimpleMeterRegistry(),
            clock);
    deployments.start(List.of(intake.desired()));
    return new RolloutCloud(deployments, intake, schema);
  }

  int mqttPort() {
    return intake.port();
  }

  Runnable meters(MeterRegistry registry) {
    return deployments.meters(registry);
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + web.port());
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(page().resolve(path)).GET());
    assertEquals(200, answer.statusCode(), answer::body);
    return new JsonMapper().readTree(answer.body());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(HttpRequest.newBuilder(page().resolve(path)).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }

  /** The id of a rollout that was begun. */
  String begin(String spec) throws Exception {
    HttpResponse<String> answer = post("/deploy/fleet?who=ada&why=test", spec);
    assertEquals(201, answer.statusCode(), answer::body);
    return new JsonMapper().readTree(answer.body()).get("id").asText();
  }

  JsonNode rollout(String id) throws Exception {
    return get("/api/v1/rollouts/" + id);
  }

  void until(String id, String what, Predicate<JsonNode> holds) throws Exception {
    try {
      Await.until(what, () -> holds.test(rollout(id)));
    } catch (AssertionError in) {
      throw new AssertionError(rollout(id).toPrettyString(), in);
    }
  }

  void until(String id, String status) throws Exception {
    until(id, status, detail -> detail.at("/rollout/status").asText().equals(status));
  }

  @Override
  public void close() throws IOException {
    web.close();
    live.close();
    EventLoop.close(vertx);
    intake.close();
    deployments.close();
    client.close();
  }
}
