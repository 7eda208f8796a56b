package io.edgeflow.lab.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.child.Service;
import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.SigningKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway and a cloud as real processes, and nothing between them for orders and reports but a
 * broker of Kafka's: the gateway's uplink leads nowhere.
 */
final class KafkaRolloutIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final String NOWHERE = "tcp://127.0.0.1:9";

  @TempDir private Path home;

  private final SigningKey root = SigningKey.generate();
  private final SigningKey controller = SigningKey.generate();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void anEdgeIsHeardToldAndHeardAgainOverKafkaAlone() throws Exception {
    Files.writeString(home.resolve("root.pub"), root.verifying().text());
    Files.writeString(home.resolve("cloud.key"), controller.pem());
    String web = "http://127.0.0.1:" + Ports.free();
    try (KafkaBroker broker = KafkaBroker.start(Files.createDirectory(home.resolve("kafka")));
        Service cloud = cloud(broker, web);
        Service gateway = gateway(broker, web)) {
      // The cloud would make them; until then the gateway looks less and less often.
      broker.make(KafkaTopics.DEPLOY, Map.of("cleanup.policy", "compact"));
      broker.make(KafkaTopics.STATUS, Map.of("cleanup.policy", "compact"));
      cloud.start();
      gateway.start();
      cloud.awaitReady(START);
      assertEquals(201, post(web + "/api/v1/keys", keys()));
      String why = "{\"who\":\"a test\",\"why\":\"it is bad\"}";
      assertEquals(200, post(web + "/api/v1/models/pump-health/disable", why));
      gateway.awaitReady(START);
      await(cloud, gateway, () -> follows(cloud.json("/api/v1/fleet")));
      JsonNode rollouts = gateway.json("/api/v1/status").path("rollouts");
      assertTrue(rollouts.path("document").asLong() > 0, rollouts::toString);
      assertEquals("connected", rollouts.path("kafka").asText());
    }
  }

  /** The edge reports the number of the document that it was sent. */
  private static boolean follows(JsonNode fleet) {
    for (JsonNode edge : fleet.path("edges")) {
      long issued = edge.path("issued").asLong();
      if (edge.path("edge").asText().equals("pi-7") && issued > 0) {
        return edge.path("seen").asLong() == issued;
      }
    }
    return false;
  }

  private String keys() {
    KeyDocument second =
        new KeyDocument(
            1,
            2,
            List.of(root.verifying()),
            Map.of(),
            Map.of("cloud", new KeyDocument.Publisher(controller.verifying(), 0)));
    return KeyChain.begin(root).then(second, root).text();
  }

  private Service cloud(KafkaBroker broker, String web) throws Exception {
    return service(
        "io.edgeflow.cloud.Cloud",
        "cloud",
        URI.create(web),
        broker,
        List.of(
            "mqtt.port=" + Ports.free(),
            "deploy.signingKey=" + home.resolve("cloud.key"),
            "deploy.channels=kafka"));
  }

  private Service gateway(KafkaBroker broker, String web) throws Exception {
    return service(
        "io.edgeflow.gateway.Gateway",
        "gateway",
        URI.create("http://127.0.0.1:" + Ports.free()),
        broker,
        List.of(
            "edge=pi-7",
            "mqtt.port=" + Ports.free(),
            "uplink.url=" + NOWHERE,
            "buffer.freeSpaceFloor=1MiB",
            "deploy.url=" + web));
  }

  private Service service(
      String main, String name, URI http, KafkaBroker broker, List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.add("dataDir=" + home.resolve(name));
    all.add("http.port=" + http.getPort());
    all.add("deploy.root=" + home.resolve("root.pub"));
    all.add("kafka.bootstrapServers=" + broker.config().bootstrapServers().getFirst());
    List<String> arguments = new ArrayList<>();
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return new Service(
        new ChildProcess.Command(
            main, List.of("-Xmx160m"), arguments, home, home.resolve(name + ".log")),
        http);
  }

  private int post(String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static void await(Service cloud, Service gateway, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + START.toNanos();
    while (!condition.call()) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> cloud.child().lastWords() + "\n" + gateway.child().lastWords());
      Thread.sleep(50);
    }
  }
}
