package io.edgeflow.cloud.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.operator.Rollout;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.wire.document.DesiredSlot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whole rollouts, over a real broker, to edges that take documents and report. */
@Timeout(240)
final class RolloutIT {
  private static Schema schema;
  private static RolloutCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    schema = Schema.create();
    cloud = RolloutCloud.start(schema);
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
    schema.close();
  }

  /** A site whose edges do well with every version but the one that is bad. */
  private static final class Site implements AutoCloseable {
    private final String name;
    private final List<TestEdge> edges;
    private final List<MqttTestEdge> wires = new CopyOnWriteArrayList<>();

    Site(String name, int edges) {
      this.name = name;
      this.edges =
          IntStream.range(0, edges)
              .mapToObj(i -> new TestEdge(name + "-" + i, Site::fate))
              .toList();
    }

    private static TestEdge.Fate fate(DesiredSlot slot) {
      return slot.version().equals(TestRegistry.BAD.version())
          ? TestEdge.Fate.BAD
          : TestEdge.Fate.GOOD;
    }

    void connect(TestEdge edge) throws MqttException {
      wires.add(MqttTestEdge.connect(edge, name, cloud.mqttPort()));
    }

    Site connect() throws Exception {
      try (ExecutorService each = Executors.newFixedThreadPool(edges.size())) {
        for (Future<?> connected :
            edges.stream()
                .map(
                    edge ->
                        each.submit(
                            () -> {
                              connect(edge);
                              return edge;
                            }))
                .toList()) {
          connected.get();
        }
      }
      Await.until(
          "all edges",
          () ->
              stream(cloud.get("/api/v1/fleet").get("edges"))
                      .filter(edge -> edge.get("site").asText().equals(name))
                      .filter(edge -> edge.get("online").asBoolean())
                      .filter(edge -> edge.get("listening").asBoolean())
                      .count()
                  == edges.size());
      return this;
    }

    void disconnect() throws MqttException {
      for (MqttTestEdge wire : wires) {
        wire.close();
      }
      wires.clear();
    }

    List<String> serving() {
      return edges.stream()
          .map(
              edge -> {
                synchronized (edge) {
                  return edge.serving("health");
                }
              })
          .distinct()
          .toList();
    }

    String spec(String version, String waves) {
      return """
      name: wear %s
      slot: health
      model: wear
      version: "%s"
      selector: {sites: [%s]}
      waves: %s
      shadow: 0s
      soak: 1s
      """
          .formatted(version, version, name, waves);
    }

    @Override
    public void close() throws MqttException {
      disconnect();
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Test
  void bringsAGoodModelToEveryEdgeAndABadOneToNoneForLong() throws Exception {
    try (Site site = new Site("good", 4).connect()) {
      String good = cloud.begin(site.spec("1.0", "[1, 100%]"));
      cloud.until(good, "done");
      assertEquals(List.of(TestRegistry.OLD.digest()), site.serving());
      JsonNode detail = cloud.rollout(good);
      assertEquals(2, detail.get("waves").size());
      assertEquals("pass", detail.at("/waves/1/verdict").asText());
      assertEquals("ada", detail.at("/rollout/who").asText());
      assertTrue(
          stream(detail.get("history")).anyMatch(e -> e.path("what").asText().equals("issued")));

      String bad = cloud.begin(site.spec("1.2", "[1, 100%]"));
      cloud.until(bad, "rolled-back");
      assertEquals(List.of(TestRegistry.OLD.digest()), site.serving());
      JsonNode story = cloud.rollout(bad);
      assertTrue(story.at("/rollout/text").asText().contains("rolled-back"), story::toString);
      assertEquals(
          3,
          stream(story.get("edges")).filter(e -> e.get("step").asText().equals("waiting")).count(),
          "it stopped in the first wave");

      JsonNode fleet = cloud.get("/status");
      assertTrue(
          stream(fleet.at("/counts/models"))
              .anyMatch(m -> m.get("digest").asText().equals(TestRegistry.OLD.digest())),
          fleet::toString);
      assertEquals(
          409, cloud.post("/api/v1/rollouts/" + bad + "/resume", "{\"who\":\"ada\"}").statusCode());
      String undone = "/api/v1/rollouts/" + good + "/undo";
      assertEquals(200, cloud.post(undone, "{\"who\":\"ada\",\"why\":\"no\"}").statusCode());
      cloud.until(good, "rolled-back");
      assertEquals(3, site.edges.stream().filter(edge -> edge.serving("health").isEmpty()).count());
    }
  }

  /** As on the first day of a cloud: the rollout is asked for before its edges are there. */
  @Test
  void waitsForEdgesThatNobodyHasHeardYet() throws Exception {
    try (Site site = new Site("unheard", 2)) {
      String id = cloud.begin(site.spec("1.0", "[1, 100%]"));
      cloud.until(
          id,
          "it waits",
          detail ->
              detail.at("/rollout/status").asText().equals("running")
                  && detail.at("/rollout/text").asText().contains("has been heard yet"));
      site.connect();
      cloud.until(id, "done");
      assertEquals(List.of(TestRegistry.OLD.digest()), site.serving());
      assertEquals(2, cloud.rollout(id).get("waves").size());
    }
  }

  /** The broker forgets what it retained, and the process its threads; the database does not. */
  @Test
  void goesOnWhereItWasAfterARestartInTheMiddle() throws Exception {
    try (Site site = new Site("restart", 5).connect()) {
      String id = cloud.begin(site.spec("1.0", "[1, 2, 3, 4, 100%]"));
      cloud.until(id, "wave 2", detail -> detail.at("/rollout/wave").asInt() > 1 || isDone(detail));
      cloud.close();
      site.disconnect();
      cloud = RolloutCloud.start(schema);
      site.connect();
      cloud.until(id, "done");
      assertEquals(List.of(TestRegistry.OLD.digest()), site.serving());
      assertEquals(
          5,
          stream(cloud.rollout(id).get("history"))
              .filter(entry -> entry.get("what").asText().equals("issued"))
              .count(),
          "each edge was asked once");
    }
  }

  private static boolean isDone(JsonNode detail) {
    return detail.at("/rollout/status").asText().equals("done");
  }

  /** It was away for the whole rollout; what is retained, and its own word, tell it. */
  @Test
  void whoReturnsLateTakesWhatIsRight() throws Exception {
    try (Site site = new Site("late", 3).connect()) {
      TestEdge away = new TestEdge("late-away", _ -> TestEdge.Fate.GOOD);
      site.connect(away);
      Await.until(
          "it takes documents",
          () ->
              stream(cloud.get("/api/v1/fleet").get("edges"))
                  .anyMatch(
                      e ->
                          e.get("edge").asText().equals("late-away")
                              && e.get("listening").asBoolean()));
      site.wires.removeLast().close();
      String id = cloud.begin(site.spec("1.1", "[100%]"));
      cloud.until(id, "the others", detail -> detail.at("/rollout/edges/passed").asInt() == 3);
      assertEquals("", away.serving("health"));
      site.connect(away);
      cloud.until(id, "all", detail -> detail.at("/rollout/edges/passed").asInt() == 4);
      assertEquals(TestRegistry.NEW.digest(), away.serving("health"));
    }
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws Exception {
    assertEquals(400, cloud.post("/api/v1/rollouts", "name: x\nslto: y\n").statusCode());
    String unknown = "name: x\nslot: y\nmodel: none\nversion: \"1\"\nselector: {edges: [\"*\"]}\n";
    String said = cloud.post("/api/v1/rollouts", unknown).body();
    assertTrue(said.contains("model publish"), said);
    assertEquals(404, cloud.post("/api/v1/rollouts/none/pause", "{\"who\":\"a\"}").statusCode());
    assertEquals(400, cloud.post("/api/v1/models/wear/disable", "{}").statusCode());
    String slip = "/api/v1/models/no-such-model/disable";
    assertEquals(404, cloud.post(slip, "{\"who\":\"a\"}").statusCode());
    assertEquals(400, cloud.post(slip + "?force=yes", "{\"who\":\"a\"}").statusCode());
    assertEquals(200, cloud.post(slip + "?force=true", "{\"who\":\"a\"}").statusCode());
    assertEquals(
        200, cloud.post(slip.replace("dis", "en"), "{\"who\":\"a\"}").statusCode(), "known now");
    assertEquals(409, cloud.post("/api/v1/edges/nobody/reissue", "{\"who\":\"a\"}").statusCode());
  }

  @Test
  void plansWithoutChangingAnything() throws Exception {
    try (Site site = new Site("plan", 4).connect()) {
      String before = schema.one("select count(*) from rollout");
      var answer = cloud.post("/api/v1/rollouts/plan", site.spec("1.0", "[1, 100%]"));
      assertEquals(200, answer.statusCode(), answer::body);
      JsonNode plan = new JsonMapper().readTree(answer.body());
      assertEquals(2, plan.get("waves").size());
      assertEquals(3, plan.at("/waves/1/edges").size());
      assertEquals(4_000_000, plan.get("bytes").asLong());
      assertEquals(before, schema.one("select count(*) from rollout"));
    }
  }

  /** What a person sees and does on a terminal. */
  @Test
  void isLedFromATerminal(@TempDir Path folder) throws Exception {
    try (Site site = new Site("cli", 2).connect()) {
      Path file = folder.resolve("fleet.yaml");
      Files.writeString(file, site.spec("1.1", "[1, 100%]"));
      String plan = run(ExitCodes.DONE, "plan", file.toString());
      assertTrue(plan.contains("wave 2, not before"), plan);
      assertTrue(plan.contains("1.9 MiB to fetch together"), plan);
      String watched = run(ExitCodes.DONE, "start", file.toString(), "--watch", "--who", "bob");
      assertTrue(watched.contains("is done; 2 passed"), watched);
      String id = watched.substring(0, watched.indexOf(' '));
      String status = run(ExitCodes.DONE, "status", id);
      assertTrue(status.contains("wave 2, pass: 1 of 1 edge passed"), status);
      assertTrue(status.contains("started by bob"), status);
      assertTrue(run(ExitCodes.DONE, "history", id).contains("(bob)"));
      String all = run(ExitCodes.DONE, "status");
      assertTrue(all.contains("wear 1.1 (" + TestRegistry.NEW.digest().substring(0, 12)), all);
      run(ExitCodes.FAILED, "pause", id);
      String undone = run(ExitCodes.DONE, "undo", id, "--why", "a test");
      assertTrue(undone.contains("goes back: a test"), undone);
      cloud.until(id, "rolled-back");
      run(ExitCodes.FAILED, "status", id, "--watch");
      run(ExitCodes.WRONG_USE, "status", "--watch");
      run(ExitCodes.FAILED, "reissue", "nobody");
      String again = run(ExitCodes.DONE, "reissue", "cli-0", "--why", "a test");
      assertTrue(again.startsWith("cli-0: document "), again);
    }
  }

  @Test
  void saysThatItIsQueued(@TempDir Path folder) throws Exception {
    try (Site site = new Site("queue", 1).connect()) {
      site.disconnect();
      String first = cloud.begin(site.spec("1.0", "[100%]"));
      Path file = folder.resolve("fleet.yaml");
      Files.writeString(file, site.spec("1.1", "[100%]"));
      String begun = run(ExitCodes.DONE, "start", file.toString());
      assertTrue(begun.contains("it is queued behind " + first), begun);
      run(ExitCodes.DONE, "abort", begun.lines().findFirst().orElseThrow());
      run(ExitCodes.DONE, "abort", first);
      String none = run(ExitCodes.FAILED, "status", "no-such");
      assertTrue(none.contains("`edgeflow rollout status`"), none);
    }
  }

  private static String run(int expected, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = CommandRunner.line(new Rollout());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", cloud.page().toString()));
    assertEquals(expected, line.execute(all.toArray(String[]::new)), out::toString);
    return out.toString();
  }

  @Test
  void tellsScrapersHowFarItIs() throws Exception {
    try (Site site = new Site("meters", 1).connect()) {
      var registry = new SimpleMeterRegistry();
      Runnable refresh = cloud.meters(registry);
      site.disconnect();
      String id = cloud.begin(site.spec("1.0", "[100%]"));
      cloud.until(id, "asked", detail -> detail.at("/rollout/edges/issued").asInt() == 1);
      refresh.run();
      double issued = registry.get("edgeflow.rollout.edges").tag("state", "issued").gauge().value();
      assertEquals(1, issued);
      assertEquals(
          200, cloud.post("/api/v1/rollouts/" + id + "/abort", "{\"who\":\"ada\"}").statusCode());
    }
  }
}
