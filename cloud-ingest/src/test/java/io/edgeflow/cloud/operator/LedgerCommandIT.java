package io.edgeflow.cloud.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Lane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code edgeflow ledger} against a cloud that serves. */
final class LedgerCommandIT {
  private static ServedCloud cloud;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
    Plant seven = new Plant("pi-7", new Random(7));
    cloud.store(
        seven.windows("pump/flow", Plant.window(0, 1, 2, 3)),
        seven.raw("pump/flow", 1, 2),
        seven.event("the pump cavitates"));
    HeldLane lane = new HeldLane(Lane.WINDOW, 4, 10, List.of(new FateRange(3, 3, Fate.DROPPED, 2)));
    cloud.greet(
        new Hello(
            "pi-7",
            "c1",
            "",
            Map.of(),
            "UTC",
            "test",
            List.of(1),
            1,
            1,
            List.of(new HeldIncarnation(seven.incarnation(), null, List.of(lane)))));
    cloud.store(new Plant("pi-9", new Random(9)).windows("fan/speed", Plant.window(1, 1, 1)));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void printsTheAccountOfEveryEdge() {
    assertEquals(ExitCodes.DONE, ledger("--audit"), err::toString);
    assertEquals("pi-7, 1 start", lines().getFirst());
    assertEquals(List.of("frames", "/", "readings", "event", "window", "raw"), cells(1));
    assertEquals("announced 1 / 0 4 / 10 1 / 2", String.join(" ", cells(2)));
    assertEquals("committed 1 / 0 1 / 3 1 / 2", String.join(" ", cells(3)));
    assertEquals("dropped 0 / 0 1 / 2 0 / 0", String.join(" ", cells(7)));
    assertEquals("missing 0 / 0 2 / 5 0 / 0", String.join(" ", cells(9)));
    assertEquals("in the tables - / 3 / 2", String.join(" ", cells(10)));
    assertTrue(out.toString().contains("--detail names them"), out::toString);
    assertTrue(out.toString().contains("pi-9, 1 start"), out::toString);
    assertEquals("the ledger balances, and the tables agree", lines().getLast());
    assertTrue(lines().stream().allMatch(line -> line.length() < 170), out::toString);
  }

  @Test
  void namesWhatIsNotCommitted() {
    assertEquals(ExitCodes.DONE, ledger("--edge", "pi-7", "--detail"), err::toString);
    String text = out.toString().replaceAll("[0-9a-f]{32}", "X");
    assertTrue(text.contains("  dropped    window of X: 3  (1 frame, 2 readings, announced"), text);
    assertTrue(text.contains("  missing    window of X: 2, 4  (2 frames, 5 readings)"), text);
    assertTrue(!text.contains("pi-9"), text);
    assertTrue(text.endsWith("the ledger balances\n"), text);
  }

  @Test
  void printsTheDocument() throws Exception {
    assertEquals(ExitCodes.DONE, ledger("--json"), err::toString);
    JsonNode ledger = new JsonMapper().readTree(out.toString());
    assertEquals(2, ledger.get("named").size(), out::toString);
    assertTrue(ledger.get("balances").asBoolean());
  }

  @Test
  void failsWhereTheTablesOrTheSumsDoNotAgree() throws Exception {
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      other.store(new Plant("pi-1", new Random(1)).windows("pump/flow", Plant.window(0, 1, 2)));
      other.schema().execute("update sample_window set count = count + 1");
      String url = "http://127.0.0.1:" + other.port();
      assertEquals(ExitCodes.DONE, run("--url", url), err::toString);
      assertEquals(ExitCodes.FAILED, run("--url", url, "--audit"));
      String fault = "  OFF  window: 2 readings are committed, 3 are in the tables";
      assertTrue(lines().contains(fault), out::toString);
      assertTrue(lines().getLast().startsWith("THE LEDGER DOES NOT BALANCE"), out::toString);
      other.schema().execute("update frame_ledger set running_total = running_total + 5");
      assertEquals(ExitCodes.FAILED, run("--url", url));
      assertTrue(out.toString().contains("every frame is settled, and 5 readings"), out::toString);
    }
  }

  @Test
  void saysWhatToDoWhereNoCloudAnswers() {
    assertEquals(ExitCodes.FAILED, run("--url", "http://127.0.0.1:1"));
    assertTrue(err.toString().contains("start one with `edgeflow cloud`"), err::toString);
  }

  @Test
  void refusesWrongUse() {
    assertEquals(ExitCodes.WRONG_USE, ledger("--edge", "pi-77"));
    assertTrue(err.toString().contains("no frame of an edge called pi-77"), err::toString);
    assertEquals(ExitCodes.WRONG_USE, run("--url", "8080"));
    assertEquals(ExitCodes.WRONG_USE, run("--adit"));
    assertEquals(ExitCodes.DONE, run("--help"));
  }

  private int ledger(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--url", "http://127.0.0.1:" + cloud.port()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return CommandRunner.line(new Ledger())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private List<String> cells(int line) {
    return List.of(lines().get(line).strip().split(" +"));
  }
}
