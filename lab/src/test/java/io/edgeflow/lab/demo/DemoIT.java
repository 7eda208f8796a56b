package io.edgeflow.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person starts it: a process of its own, with real children. */
@Order(3)
final class DemoIT {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(6);

  private static final String SCORE = "demo/pump-1/health.score";

  @TempDir private Path home;

  @Test
  void withoutItsCloudTheEdgeLooksAfterAPumpAndTheLedgerBalancesLater() throws Exception {
    try (ChildProcess demo =
        start(
            "--for=12s",
            "--window=5s",
            "--bad-input-every=1s",
            "--first-fault=1s",
            "--without-cloud=2s",
            "--cavitate-every=1h")) {
      awaitUntil(demo, () -> !demo.isAlive());

      assertEquals(0, demo.stop(Duration.ofSeconds(1)), demo::lastWords);
      String said = Files.readString(log());
      assertTrue(said.contains("dashboard             http://127.0.0.1:"), said);
      assertTrue(said.contains("the ledger balances"), said);
      assertFalse(said.contains("OFF"), said);
      assertTrue(said.matches("(?s).*rejected +[1-9].*"), said);
      assertTrue(said.contains("ok   each was seen, acted on and set back"), said);
      int alone = said.indexOf("the cloud is stopped");
      int slowed = said.indexOf("slow-pump-1 wrote coil 1");
      int returned = said.indexOf("the cloud is started again");
      assertTrue(0 < alone && alone < slowed && slowed < returned, said);
    }
  }

  @Test
  void anActionSlowsThePumpDownAndAKilledDemoTakesItsChildrenAlong() throws Exception {
    try (ChildProcess demo = start("--first-fault=1s");
        var documents = new Documents()) {
      awaitUntil(demo, () -> Files.readString(log()).contains("dashboard"));
      awaitUntil(demo, () -> has(events(documents), "alarm-raised", "series", SCORE));
      awaitUntil(demo, () -> has(switchedOn(documents), "action-done", "readBack", "true"));

      List<ProcessHandle> family = family(demo);
      assertEquals(3, family.size(), () -> "cloud, gateway and database: " + family);

      demo.kill();

      awaitUntil(demo, () -> family.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static boolean has(List<JsonNode> events, String type, String key, String value) {
    return events.stream()
        .anyMatch(
            event ->
                event.path("type").asText().equals(type)
                    && (event.path(key).asText().equals(value)
                        || event.path("detail").path(key).asText().equals(value)));
  }

  private List<JsonNode> switchedOn(Documents documents) throws Exception {
    return events(documents).stream()
        .filter(event -> event.path("detail").path("action").asText().equals("slow-pump-1"))
        .filter(event -> event.path("detail").path("position").asText().equals("on"))
        .toList();
  }

  /** Those of the cloud. */
  private List<JsonNode> events(Documents documents) throws Exception {
    Matcher address =
        Pattern.compile("dashboard +(http://[^ /]+)/").matcher(Files.readString(log()));
    assertTrue(address.find());
    URI events = URI.create(address.group(1) + "/api/v1/events?limit=1000");
    return StreamSupport.stream(documents.read(events).path("events").spliterator(), false)
        .toList();
  }

  /** A database goes its own way once started, and leaves its number in a file. */
  private List<ProcessHandle> family(ChildProcess demo) throws IOException {
    Path database = home.resolve("data").resolve("demo").resolve("cloud");
    try (Stream<Path> files = Files.walk(database)) {
      Path pidFile = files.filter(f -> f.endsWith("postmaster.pid")).findFirst().orElseThrow();
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return Stream.concat(
              ProcessHandle.of(demo.pid()).orElseThrow().children(), ProcessHandle.of(pid).stream())
          .toList();
    }
  }

  private ChildProcess start(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("demo"));
    arguments.addAll(List.of(options));
    return ChildProcess.start(
        new ChildProcess.Command(
            "io.edgeflow.lab.Lab", List.of("-Xmx256m"), arguments, home, log()));
  }

  private Path log() {
    return home.resolve("demo.log");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void awaitUntil(ChildProcess demo, Condition condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadline, demo::lastWords);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
