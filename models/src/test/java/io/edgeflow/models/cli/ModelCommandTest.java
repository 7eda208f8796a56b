package io.edgeflow.models.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.history.History;
import io.edgeflow.models.pump.Fault;
import io.edgeflow.models.pump.SimulatedPump;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCommandTest {
  private static final long HOUR = 3_600_000_000L;

  @TempDir static Path files;

  @BeforeAll
  static void write() throws IOException {
    csv("normal.csv", List.of());
    // Half an hour after the start, one minute long.
    csv("cavitating.csv", List.of(new Fault(Fault.Kind.CAVITATION, 0, 1_800, 1_860, 0.5)));
  }

  @Test
  void whatIsBuiltIsShownAndFindsTheFault() throws IOException {
    Path bundle = files.resolve("machine");
    Ran built =
        Ran.of(
            "build",
            "--from=" + files.resolve("normal.csv"),
            "--series={device}/flow,{device}/pressure,{device}/vibration,{device}/current",
            "--recipe=pca",
            "--out=" + bundle);
    assertEquals(0, built.code(), built::err);
    assertTrue(built.out().contains("all as expected"), built::out);

    Ran shown = Ran.of("inspect", bundle.toString(), "--json");
    assertEquals(0, shown.code(), shown::err);
    JsonNode inspected = new ObjectMapper().readTree(shown.out());
    assertEquals("machine", inspected.get("name").asText());
    assertTrue(inspected.get("works").asBoolean());
    assertTrue(built.out().contains(inspected.get("digest").asText().substring(0, 8)));

    Path scores = files.resolve("scores.csv");
    Ran tried =
        Ran.of(
            "test",
            bundle.toString(),
            "--csv=" + files.resolve("cavitating.csv"),
            "--scores=" + scores,
            "--json");
    assertEquals(0, tried.code(), tried::err);
    JsonNode subject = new ObjectMapper().readTree(tried.out()).get("subjects").get(0);
    assertEquals("pump-1", subject.get("subject").asText());
    assertEquals(1, subject.get("alarms").size(), tried::out);
    String from = subject.get("alarms").get(0).get("from").asText();
    assertTrue(from.startsWith("1970-01-01T00:30:0"), from);
    assertEquals(subject.get("rows").asInt() + 1, Files.readAllLines(scores).size());
  }

  @Test
  void withoutAFaultThereIsNoAlarm() {
    Path bundle = files.resolve("flow");
    Ran built =
        Ran.of(
            "build",
            "--from=" + files.resolve("normal.csv"),
            "--series=pump-*/flow",
            "--recipe=univariate",
            "--out=" + bundle);
    assertEquals(0, built.code(), built::err);
    Ran tried = Ran.of("test", bundle.toString(), "--csv=" + files.resolve("normal.csv"));
    assertEquals(0, tried.code(), tried::err);
    assertTrue(tried.out().contains("pump-1/flow: 7137 rows"), tried::out);
    assertTrue(tried.out().contains("; 0 alarms, 0.00 a day"), tried::out);
  }

  @Test
  void wrongUseIsTwoAndSaysWhatToDo() throws IOException {
    Path there = Files.createDirectory(files.resolve("there"));
    Ran overwrites =
        Ran.of(
            "build",
            "--from=" + files.resolve("normal.csv"),
            "--series=a/b",
            "--recipe=pca",
            "--out=" + there);
    assertEquals(2, overwrites.code());
    assertTrue(overwrites.err().contains("name a new folder"), overwrites::err);
    assertEquals(2, Ran.of("build", "--recipe=pca").code());
    assertEquals(2, Ran.of("inspect", files.resolve("nowhere").toString()).code());
    assertEquals(2, Ran.of().code());
  }

  @Test
  void whatCannotBeDoneIsOneAndLeavesNothing() throws IOException {
    Path bundle = files.resolve("nothing");
    Ran unfit =
        Ran.of(
            "build",
            "--from=" + files.resolve("normal.csv"),
            "--series=pump-9/flow",
            "--recipe=univariate",
            "--out=" + bundle);
    assertEquals(1, unfit.code());
    assertTrue(unfit.err().contains("has no readings of pump-9/flow"), unfit::err);
    assertFalse(Files.exists(bundle));

    Path broken = Files.writeString(files.resolve("broken.csv"), "series,time,value\na/b,noon,1\n");
    Ran unreadable =
        Ran.of(
            "build", "--from=" + broken, "--series=a/b", "--recipe=univariate", "--out=" + bundle);
    assertEquals(1, unreadable.code());
    assertTrue(unreadable.err().contains("broken.csv:2"), unreadable::err);

    Ran noBundle = Ran.of("inspect", Files.createDirectory(files.resolve("empty")).toString());
    assertEquals(1, noBundle.code());
    assertTrue(noBundle.err().contains("golden.json is missing"), noBundle::err);
  }

  @Test
  void everyCommandExplainsItself() {
    for (String command : List.of("init", "build", "inspect", "test", "backtest", "measure")) {
      Ran help = Ran.of(command, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("  edgeflow model " + command), help::out);
    }
  }

  /** Two hours of a pump, seed 5, as a gateway exports them. */
  private static void csv(String name, List<Fault> faults) throws IOException {
    History history = new SimulatedPump(5, 0).readings(1, faults).between(0, 2 * HOUR);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(files.resolve(name)))) {
      out.println("edge,series,unit,time,value,quality");
      for (GoldenReading one : history.readings()) {
        out.println(
            "pi-7,"
                + one.series()
                + ",\"l,min\","
                + Times.text(one.timeMicros())
                + ","
                + one.value()
                + ",good");
      }
    }
  }
}
