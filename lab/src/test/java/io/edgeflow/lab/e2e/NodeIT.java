package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.EdgeProcess;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.inference.node.NodeProcess;
import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.settings.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that score for a gateway: real processes but for the JVM, which they share. */
final class NodeIT {
  private static final int PUMPS = 12;
  private static final long MILLIS = 1_763_672_400_000L;

  @TempDir static Path temp;

  private static final Lifecycle GATEWAY = new Lifecycle("gateway");
  private static int broker;
  private static int page;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Lifecycle> nodes = new ArrayList<>();

  /** Each test has pumps of its own. */
  private String pumps = "";

  private int second;
  private long freshBefore;

  @BeforeAll
  static void startGateway() throws Exception {
    // The first one in a process says where the runtime's libraries are; temp does not last.
    ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(Path.of("target/runtime")));
    SumBundle.write(temp.resolve("sum"), "pump-*/flow");
    SumBundle.write(temp.resolve("any"), "*");
    broker = Ports.free();
    page = Ports.free();
    Path file =
        Files.writeString(
            temp.resolve("gateway.yaml"),
            """
            edge: pi-7
            dataDir: "%s"
            mqtt: { port: %d }
            http: { port: %d }
            uplink: { url: "tcp://127.0.0.1:9" }
            scoring: [{ slot: any, bundle: "%s" }]
            """
                .formatted(temp.resolve("gateway"), broker, page, temp.resolve("any")));
    EdgeProcess.start(
        new SettingsLoader(Map.of(), temp).load(GatewayConfig.class, Optional.of(file), List.of()),
        GATEWAY,
        Surroundings.real());
  }

  @AfterAll
  static void stopGateway() {
    GATEWAY.close();
  }

  @BeforeEach
  void begin(TestInfo test) throws Exception {
    pumps = "pump-" + test.getTestMethod().orElseThrow().getName().charAt(0);
    Eventually.holds(
        "the gateway's own model serves",
        () -> model("").path("state").asText().equals("serving"),
        this::account);
    freshBefore = fresh();
  }

  @AfterEach
  void stop() {
    nodes.forEach(Lifecycle::close);
    http.close();
  }

  /**
   * @return the port of its web server
   */
  private int node(String name, URI at) throws Exception {
    int port = Ports.free();
    Path file =
        Files.writeString(
            temp.resolve(name + ".yaml"),
            """
            node: %s
            dataDir: "%s"
            gateway: { url: "%s", keepAlive: 2s, reconnect: 200ms }
            http: { port: %d }
            scoring: [{ slot: sum, bundle: "%s" }]
            """
                .formatted(name, temp.resolve(name), at, port, temp.resolve("sum")));
    Lifecycle parts = new Lifecycle(name);
    nodes.add(parts);
    NodeProcess.start(
        new SettingsLoader(Map.of(), temp)
            .load(InferenceConfig.class, Optional.of(file), List.of()),
        parts);
    return port;
  }

  private URI brokerAddress() {
    return URI.create("tcp://127.0.0.1:" + broker);
  }

  private JsonNode get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  private JsonNode status(int port) throws Exception {
    return get(port, "/api/v1/status");
  }

  /** Each pump's flow at the next second is that second. */
  private void publish(Sensor sensor, int seconds) {
    for (int i = 0; i < seconds; i++) {
      second++;
      for (int pump = 0; pump < PUMPS; pump++) {
        String payload = "{\"value\":%d,\"ts\":%d}".formatted(second, MILLIS + second * 1_000L);
        sensor.publish("sensors/" + pumps + pump + "/flow", payload);
      }
    }
  }

  private long fresh() throws Exception {
    JsonNode ledger = get(page, "/api/v1/ledger");
    return ledger.path("accepted").asLong() - ledger.path("duplicate").asLong();
  }

  /**
   * As many scores as rows, those of the gateway's own slot as well, and so many readings: none is
   * missing, none counts twice, and no score of a node was scored by the gateway.
   */
  private void everyRowHasOneScore() throws Exception {
    long rows = (long) PUMPS * (second - (SumBundle.LENGTH - 1));
    long readings = (long) PUMPS * second;
    Eventually.holds(
        "every row is scored", () -> fresh() - freshBefore == 2 * rows + readings, this::account);
  }

  private String account() {
    try {
      return get(page, "/api/v1/ledger") + "\n" + status(page).path("models");
    } catch (Exception e) {
      return String.valueOf(e);
    }
  }

  private void lastScoresAreRight() throws Exception {
    Map<String, Double> last = new TreeMap<>();
    for (JsonNode one : get(page, "/api/v1/latest").path("readings")) {
      last.put(one.path("series").asText(), one.path("value").asDouble());
    }
    for (int pump = 0; pump < PUMPS; pump++) {
      assertEquals(3.0 * second - 3, last.get(pumps + pump + "/flow/sum.score"), last::toString);
    }
  }

  @Test
  void scoresForAGatewayThatKnowsWhichModelItWas() throws Exception {
    int jetson = node("jetson-1", brokerAddress());
    Eventually.holds(
        "it is ready", () -> get(jetson, "/ready").path("ready").asBoolean(), this::account);
    try (Sensor sensor = new Sensor(brokerAddress())) {
      publish(sensor, 20);
      everyRowHasOneScore();
    }
    lastScoresAreRight();

    JsonNode model = model("jetson-1");
    assertEquals("jetson-1", model.path("node").asText(), model::toString);
    assertEquals("sum", model.path("slot").asText());
    assertEquals("serving", model.path("state").asText());
    assertEquals(64, model.path("digest").asText().length());
    assertEquals("cpu", model.path("provider").asText());
    JsonNode own = status(jetson);
    assertTrue(own.path("ready").asBoolean(), own::toString);
    assertEquals(own.at("/models/0/digest"), model.path("digest"));
    // It counts a score when the gateway's acknowledgement is there: after the gateway counts.
    Eventually.holds(
        "it has counted what it wrote", () -> written(jetson) == PUMPS * 18L, this::account);

    nodes.getFirst().close();
    Eventually.holds(
        "the gateway knows that it is gone",
        () -> model("jetson-1").path("state").asText().equals("away"),
        this::account);
  }

  /**
   * Two divide the pumps between them; one loses its power in the middle of the stream: its socket
   * stays open and says nothing, so the broker has to notice. The other one, which has heard and
   * prepared everything, scores what was left and goes on with full windows.
   */
  @Test
  void oneTakesOverFromTheOtherWithoutMissingARow() throws Exception {
    int left = node("left", brokerAddress());
    try (FaultProxy cable = FaultProxy.open(Ports.free(), brokerAddress());
        Sensor sensor = new Sensor(brokerAddress())) {
      int right = node("right", cable.address());
      Eventually.holds("they know each other", () -> peers(left, right), this::account);
      publish(sensor, 20);
      everyRowHasOneScore();
      long leftBefore = written(left);
      long rightBefore = written(right);
      assertTrue(leftBefore > 0 && rightBefore > 0, leftBefore + " and " + rightBefore);

      cable.hold(EnumSet.allOf(Direction.class));
      publish(sensor, 10);
      everyRowHasOneScore();
      lastScoresAreRight();
      assertEquals("away", model("right").path("state").asText());
      Eventually.holds(
          "it has scored for both", () -> written(left) >= leftBefore + PUMPS * 10L, this::account);
      Eventually.holds("left is alone", () -> status(left).path("peers").isEmpty(), this::account);

      cable.cut();
      cable.pass();
      Eventually.holds("they know each other again", () -> peers(left, right), this::account);
      publish(sensor, 20);
      everyRowHasOneScore();
      lastScoresAreRight();
      Eventually.holds(
          "the other one has its share again",
          () -> {
            publish(sensor, 1);
            return written(right) > rightBefore + 20;
          },
          this::account);
      everyRowHasOneScore();
    }
  }

  private boolean peers(int left, int right) throws Exception {
    return status(left).path("peers").size() == 1
        && status(right).path("peers").size() == 1
        && status(left).path("ready").asBoolean()
        && status(right).path("ready").asBoolean();
  }

  private long written(int node) throws Exception {
    return status(node).at("/scores/written").asLong();
  }

  private JsonNode model(String node) throws Exception {
    for (JsonNode model : status(page).path("models")) {
      if (model.path("node").asText().equals(node)) {
        return model;
      }
    }
    throw new IllegalStateException("no model of " + node);
  }
}
