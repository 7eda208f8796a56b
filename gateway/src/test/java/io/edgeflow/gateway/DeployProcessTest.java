package io.edgeflow.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.bundles.TestCloud;
import io.edgeflow.gateway.scoring.TestBundle;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.PayloadKind;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Rollouts in the edge process as a whole: from a retained document to a model that proved itself.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
final class DeployProcessTest {
  private static final String ADA = "{\"who\":\"ada\",\"why\":\"she measures\"";

  @TempDir Path temp;
  private final SigningKey root = SigningKey.generate();
  private final SigningKey cloud = SigningKey.generate();
  private final SigningKey publisher = SigningKey.generate();
  private final BlockingQueue<Deployment> reports = new LinkedBlockingQueue<>();

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  @Test
  void aModelComesProvesItselfAndServesOnWithoutTheCloud() throws Exception {
    EdgeSettings settings = settings();
    try (var broker =
            EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", 0), BrokerExtension.NONE);
        var web = new TestCloud()) {
      var desk =
          new MqttClient("tcp://127.0.0.1:" + broker.port(), "desk", new MemoryPersistence());
      web.keys(keys());
      String digest = serve(web);
      listen(desk);
      desk.publish(Topics.desired("pi-7"), retained(document(1, digest)));
      String[] more = {
        "uplink.url=tcp://127.0.0.1:" + broker.port(),
        "deploy.url=" + web.url(),
        "deploy.root=" + Files.writeString(temp.resolve("root.pub"), root.verifying().text())
      };
      try (var edge = new RunningEdge(settings, Surroundings.real(), more).awaitStarted();
          var sensor = new TestSensor(settings.mqttPort)) {
        edge.await("/api/v1/status", answer -> answer.body().contains("\"name\":\"good\""));
        for (int i = 0; i < 10; i++) {
          assertTrue(sensor.acknowledged(sensor.publish(i)));
        }
        Deployment told = report(one -> !one.slots().isEmpty() && slot(one).proven());
        assertEquals(document(1, digest).digest(), told.desired());
        assertEquals(2, told.keys());
        assertTrue(slot(told).evidence().rows() >= 5, told::toString);
        assertEquals("good", edge.status().at("/rollouts/slots/0/model").asText());
        pins(edge, desk, digest);
      }
      desk.disconnect();
      desk.close();
    }
    try (var edge = new RunningEdge(settings, Surroundings.real(), offline()).awaitStarted()) {
      edge.await("/api/v1/models", answer -> answer.body().contains("\"state\":\"serving\""));
      assertEquals("good", edge.status().at("/models/0/name").asText());
      assertEquals(2, edge.status().at("/rollouts/document").asInt());
      assertEquals("wear", edge.status().at("/rollouts/pinned/0").asText());
    }
    try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
      assertEquals(409, edge.post("/api/v1/models/wear/pin", ADA + "}").status());
      assertTrue(!edge.status().at("/rollouts/taken").asBoolean());
    }
  }

  private void pins(RunningEdge edge, MqttClient desk, String digest) throws Exception {
    String models = "/api/v1/models/";
    assertEquals(400, edge.post(models + "wear/pin", "{}").status(), "nobody asks");
    assertEquals(404, edge.post(models + "none/pin", ADA + "}").status());
    assertEquals(409, edge.post(models + "wear/unpin", ADA + "}").status());
    String unblock = ADA + ",\"digest\":\"" + digest + "\"}";
    assertEquals(409, edge.post(models + "unblock", unblock).status(), "it is not refused");
    assertEquals(400, edge.post(models + "unblock", ADA + ",\"digest\":\"ab\"}").status());
    assertEquals(200, edge.post(models + "wear/pin", ADA + "}").status());
    desk.publish(Topics.desired("pi-7"), retained(document(2, "")));
    Deployment told =
        report(
            one ->
                one.number() == 2
                    && slot(one).detail().equals("the slot is pinned by ada: she measures"));
    assertEquals(List.of("wear"), told.pinned());
    assertEquals("good", edge.status().at("/models/0/name").asText());
  }

  private String[] offline() {
    return new String[] {
      "deploy.url=http://127.0.0.1:9", "deploy.root=" + temp.resolve("root.pub")
    };
  }

  private EdgeSettings settings() throws IOException {
    Path old = TestBundle.plus(temp.resolve("old"), "old", 10, 14);
    String slots = "{scoring: [{slot: wear, bundle: \"%s\"}]}".formatted(old);
    Path file = Files.writeString(temp.resolve("gateway.yaml"), slots);
    return new EdgeSettings(temp.resolve("data"), Optional.of(file));
  }

  private byte[] keys() {
    Map<String, KeyDocument.Publisher> publishers =
        Map.of("ada", new KeyDocument.Publisher(publisher.verifying(), 0));
    Map<String, KeyDocument.Publisher> controllers =
        Map.of("cloud", new KeyDocument.Publisher(cloud.verifying(), 0));
    return KeyChain.begin(root)
        .then(new KeyDocument(1, 2, List.of(root.verifying()), publishers, controllers), root)
        .text()
        .getBytes(UTF_8);
  }

  private String serve(TestCloud web) throws IOException {
    Path folder = TestBundle.plus(temp.resolve("good"), "good", 20, 24);
    Path manifest = folder.resolve("manifest.json");
    String gates = ", \"gates\": {\"minRows\": 5, \"latencyP99\": \"30s\"}}";
    Files.writeString(manifest, Files.readString(manifest).strip().replaceAll("}$", gates));
    Bundle bundle =
        ((BundleRead.Good) new BundleReader(BundleLimits.STANDARD).read(folder)).bundle();
    String digest = bundle.digest().hex();
    var statement = BundleTrust.statement(bundle, 1, Instant.ofEpochSecond(1), Optional.empty());
    for (var file : statement.files()) {
      web.serve(digest, file.name(), Files.readAllBytes(folder.resolve(file.name())));
    }
    web.serve(digest, "signatures.json", BundleTrust.sign(statement, publisher).getBytes(UTF_8));
    return digest;
  }

  private static Desired document(long number, String digest) {
    var slot =
        new DesiredSlot(
            PayloadKind.MODEL, "wear", "", "", digest, "r1", Duration.ZERO, Duration.ofSeconds(1));
    return new Desired(
        "edgeflow",
        "pi-7",
        number,
        1,
        2,
        List.of(slot),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  private MqttMessage retained(Desired document) {
    String signed = Envelope.around(Desired.TYPE, document.text()).signedBy(cloud).text();
    MqttMessage message = new MqttMessage(signed.getBytes(UTF_8));
    message.setRetained(true);
    return message;
  }

  private void listen(MqttClient desk) throws Exception {
    desk.setCallback(new Ear(this::heard));
    desk.connect();
    desk.subscribe(Topics.reported("pi-7"), 1);
  }

  private void heard(byte[] payload) {
    if (Reported.parse(payload) instanceof Parsed.Ok<Reported>(Reported report)) {
      report.deployment().ifPresent(reports::add);
    }
  }

  private Deployment report(Predicate<Deployment> wanted) throws InterruptedException {
    while (true) {
      Deployment next = reports.poll(30, TimeUnit.SECONDS);
      assertTrue(next != null, "no such report");
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  private static DeployedSlot slot(Deployment deployment) {
    return deployment.slots().getFirst();
  }
}
