package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.sun.net.httpserver.HttpServer;
import io.edgeflow.gateway.site.SiteCloud;
import io.edgeflow.gateway.site.SiteMember;
import io.edgeflow.gateway.site.mandate.Papers;
import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.topic.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A whole gateway as the hub of a site: it finishes a rollout with the cloud gone (R6, L10). */
@Execution(ExecutionMode.CONCURRENT)
final class SiteProcessTest {
  @TempDir private Path temp;
  private EmbeddedBroker above;
  private HttpServer registry;
  private final byte[] mandate =
      Papers.signed(Papers.mandate(0, List.of(List.of("a"), List.of("b"))));

  @BeforeEach
  void cloud() throws Exception {
    above = EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", 0), BrokerExtension.NONE);
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/api/v1/keys", Papers.keys());
    serve("/api/v1/mandates/" + Digests.of(mandate), mandate);
    registry.start();
  }

  private void serve(String path, byte[] body) {
    registry.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  @AfterEach
  void gone() {
    registry.stop(0);
    above.close();
  }

  @Test
  void finishesARolloutOfItsSiteWithTheCloudGone() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var cloud = new SiteCloud(above.port(), "a", "b", "hub");
        var hub = hub(settings);
        var a = new SiteMember("a", "tcp://127.0.0.1:" + settings.mqttPort);
        var b = new SiteMember("b", "tcp://127.0.0.1:" + settings.mqttPort)) {
      a.frames(1, 5);
      // What the hub passed on is at the cloud a moment later.
      hub.await(
          "/api/v1/status",
          answer -> relayed(answer, "a") >= 5 && cloud.committedOf("a").size() == 5);
      cloud.publish(Topics.desired("hub"), Papers.naming(20, mandate), true);
      awaitHeld(hub);
      BlockingQueue<String> told = listen(settings.mqttPort);

      registry.stop(0);
      above.close();

      assertEquals("a " + Papers.FORWARD, told.poll(60, TimeUnit.SECONDS));
      a.forwarder.report(report("a", Papers.proven("a")));
      assertEquals("b " + Papers.FORWARD, told.poll(60, TimeUnit.SECONDS));
      b.forwarder.report(report("b", Papers.proven("b")));
      hub.await(
          "/api/v1/status", answer -> answer.at("/hub/rollout/phase").asText().equals("done"));
      assertTrue(hub.get("/metrics").body().contains("edgeflow_site_members 2.0"));
      assertEquals(200, hub.get("/api/v1/keys").status());
    }
  }

  /** It comes as soon as the uplink connects, and the hub has much to open until then. */
  @Test
  void holdsWhatWasRetainedForItWhileItWasAway() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var cloud = new SiteCloud(above.port(), "hub")) {
      cloud.publish(Topics.desired("hub"), Papers.naming(20, mandate), true);
      try (var hub = hub(settings)) {
        awaitHeld(hub);
      }
    }
  }

  private RunningEdge hub(EdgeSettings settings) throws Exception {
    Path root = Files.writeString(temp.resolve("root.pub"), Papers.root());
    return new RunningEdge(
            settings,
            Surroundings.real(),
            "edge=hub",
            "uplink.url=tcp://127.0.0.1:" + above.port(),
            "hub.enabled=true",
            "hub.cloudAway=2s",
            "deploy.root=" + root,
            "deploy.url=http://127.0.0.1:" + registry.getAddress().getPort())
        .awaitStarted();
  }

  private static void awaitHeld(RunningEdge hub) throws Exception {
    JsonNode held =
        hub.await("/api/v1/status", answer -> answer.at("/hub/rollout/phase").isTextual())
            .at("/hub/rollout");
    assertEquals("held", held.at("/phase").asText());
  }

  private static long relayed(EdgeHttp.Answer answer, String edge) {
    for (JsonNode member : answer.at("/hub/members")) {
      if (member.at("/edge").asText().equals(edge)) {
        return member.at("/relayed").asLong();
      }
    }
    return 0;
  }

  private static byte[] report(String edge, Deployment deployment) {
    return new Reported(edge, Reported.VERSION, 0, "test", List.of(), 0, Optional.of(deployment))
        .toBytes();
  }

  private static BlockingQueue<String> listen(int port) {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("listener")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().join();
    client
        .subscribeWith()
        .topicFilter("edgeflow/v1/+/desired")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(
            publish ->
                told.add(
                    publish.getTopic().getLevels().get(2)
                        + " "
                        + Papers.number(publish.getPayloadAsBytes())))
        .send()
        .join();
    return told;
  }
}
