package io.edgeflow.lab.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.fleet.Fault;
import io.edgeflow.lab.fleet.FleetBundle;
import io.edgeflow.lab.fleet.Keys;
import io.edgeflow.lab.fleet.Publishing;
import io.edgeflow.lab.fleet.Sensor;
import io.edgeflow.process.kafka.KafkaTopics;
import java.net.URI;
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
  private static final Duration START = Duration.ofMinutes(3);
  private static final String NOWHERE = "tcp://127.0.0.1:9";

  @TempDir private Path home;

  @Test
  void aGoodModelComesAndABadOneIsTakenBackOverKafkaAlone() throws Exception {
    Keys keys = Keys.in(home.resolve("keys"));
    String web = "http://127.0.0.1:" + Ports.free();
    int sensors = Ports.free();
    try (KafkaBroker broker = KafkaBroker.start(Files.createDirectory(home.resolve("kafka")));
        Service cloud = cloud(broker, web, keys);
        Service gateway = gateway(broker, web, keys, sensors);
        Sensor _ = Sensor.start(URI.create("tcp://127.0.0.1:" + sensors));
        Publishing published = new Publishing(URI.create(web))) {
      // The cloud would make them; until then the gateway looks less and less often.
      broker.make(KafkaTopics.DEPLOY, Map.of("cleanup.policy", "compact"));
      broker.make(KafkaTopics.STATUS, Map.of("cleanup.policy", "compact"));
      cloud.start();
      gateway.start();
      cloud.awaitReady(START);
      gateway.awaitReady(START);
      published.keys(keys);
      await(
          cloud,
          gateway,
          () -> published.get("/api/v1/fleet").at("/counts/listening").asInt() == 1);
      FleetBundle good = write(1, Fault.NONE, keys);
      published.publish(good.folder());
      String came = published.rollout(spec(1));
      await(cloud, gateway, () -> status(published, came).equals("done"));
      assertEquals(good.digest(), serving(gateway));
      FleetBundle bad = write(2, Fault.ALARMS, keys);
      published.publish(bad.folder());
      String went = published.rollout(spec(2));
      await(cloud, gateway, () -> status(published, went).equals("rolled-back"));
      assertEquals(good.digest(), serving(gateway));
      JsonNode rollouts = gateway.json("/api/v1/status").path("rollouts");
      assertEquals("connected", rollouts.path("kafka").asText(), rollouts::toString);
      assertEquals(bad.digest(), rollouts.at("/denied/0").asText(), rollouts::toString);
    }
  }

  private FleetBundle write(int version, Fault fault, Keys keys) throws Exception {
    return FleetBundle.write(home.resolve("v" + version), version, fault, keys.publisher());
  }

  private static String spec(int version) {
    return """
    name: version %d
    slot: health
    model: %s
    version: "%d"
    selector: {edges: ["*"]}
    waves: ["100%%"]
    shadow: 0s
    soak: 2s
    gates: {minRows: 20}
    failures: {most: 0, then: rollback}
    """
        .formatted(version, FleetBundle.MODEL, version);
  }

  private static String status(Publishing cloud, String rollout) throws Exception {
    return cloud.get("/api/v1/rollouts/" + rollout).at("/rollout/status").asText();
  }

  private static String serving(Service gateway) throws Exception {
    return gateway.json("/api/v1/status").at("/models/0/digest").asText();
  }

  private Service cloud(KafkaBroker broker, String web, Keys keys) throws Exception {
    return service(
        "io.edgeflow.cloud.Cloud",
        "cloud",
        URI.create(web),
        broker,
        keys,
        List.of(
            "mqtt.port=" + Ports.free(),
            "deploy.signingKey=" + keys.controller(),
            "deploy.channels=kafka"));
  }

  private Service gateway(KafkaBroker broker, String web, Keys keys, int sensors) throws Exception {
    return service(
        "io.edgeflow.gateway.Gateway",
        "gateway",
        URI.create("http://127.0.0.1:" + Ports.free()),
        broker,
        keys,
        List.of(
            "edge=pi-7",
            "mqtt.port=" + sensors,
            "uplink.url=" + NOWHERE,
            "scoring=[{slot: health}]",
            "buffer.freeSpaceFloor=1MiB",
            "deploy.url=" + web));
  }

  private Service service(
      String main, String name, URI http, KafkaBroker broker, Keys keys, List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.add("dataDir=" + home.resolve(name));
    all.add("http.port=" + http.getPort());
    all.add("deploy.root=" + keys.root());
    all.add("kafka.bootstrapServers=" + broker.config().bootstrapServers().getFirst());
    List<String> arguments = new ArrayList<>();
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return new Service(
        new ChildProcess.Command(
            main, List.of("-Xmx160m"), arguments, home, home.resolve(name + ".log")),
        http);
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
