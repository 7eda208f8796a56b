package io.edgeflow.models.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.cloud.TestCloud;
import io.edgeflow.models.history.History;
import io.edgeflow.models.pump.Fault;
import io.edgeflow.models.pump.SimulatedPump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a plant's stored history, over HTTP. */
final class CloudCommandTest {
  private static final long DAY = 86_400_000_000L;
  private static final long HOUR = DAY / 24;
  private static final String ALL_SENSORS =
      "--series={device}/flow,{device}/pressure,{device}/vibration,{device}/current";

  @TempDir static Path files;
  private static TestCloud cloud;
  private static String from = "";

  /** A day of a pump, seed 11, and half a day with cavitation at 01:00 of the second. */
  @BeforeAll
  static void start() throws IOException {
    History normal = new SimulatedPump(11, 0).readings(1, List.of());
    History faulty =
        new SimulatedPump(12, DAY)
            .readings(1, List.of(new Fault(Fault.Kind.CAVITATION, 0, 3_600, 3_900, 1)))
            .between(DAY, DAY + 6 * HOUR);
    cloud = new TestCloud();
    cloud.with("pi-7", joined(normal, faulty), false);
    cloud.with("pi-8", normal.between(0, 2 * HOUR), true).paged(5_000, 500);
    from = "--from=" + cloud.url();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void aMachinesMinutesMakeAModelThatFindsTheFault() throws Exception {
    Path bundle = files.resolve("machine");
    Ran built =
        Ran.of(
            "build",
            from,
            "--edge=pi-7",
            "--since=0",
            "--until=1970-01-02T00:00:00Z",
            ALL_SENSORS,
            "--recipe=pca",
            "--out=" + bundle);
    assertEquals(0, built.code(), built::err);
    assertTrue(built.out().contains("of 5760 minutes"), built::out);
    assertTrue(built.out().contains("all as expected"), built::out);
    assertTrue(Ran.of("inspect", bundle.toString()).out().contains("MinuteFeatures"));

    Ran tried = backtest(bundle, "--edge=pi-7", "--json");
    assertEquals(0, tried.code(), tried::err);
    JsonNode subject = json(tried).get("subjects").get(0);
    assertEquals(359, subject.get("rows").asInt(), "all but the minute that is not yet over");
    JsonNode threshold = subject.get("thresholds").get(0);
    assertEquals(1, threshold.get("alarms").asInt(), tried::out);
    assertEquals("{\"1970-01-02\":1}", threshold.get("byDay").toString());
    String began = subject.get("alarms").get(0).get("from").asText();
    assertTrue(began.startsWith("1970-01-02T01:0"), began);
  }

  @Test
  void aSeriesMinutesMakeAModelOfItsDevices() throws Exception {
    Path bundle = files.resolve("vibration");
    Ran built =
        Ran.of(
            "build",
            from,
            "--edge=pi-7",
            "--since=1d",
            "--until=86400000",
            "--series=pump-*/vibration",
            "--recipe=univariate",
            "--out=" + bundle,
            "--json");
    assertEquals(0, built.code(), built::err);
    assertEquals(1_440, json(built).get("minutes").asInt(), built::out);
    Ran tried = backtest(bundle, "--edge=pi-7");
    assertEquals(0, tried.code(), tried::err);
    assertTrue(tried.out().contains("unusual (score above 1.0): 1 alarms"), tried::out);
    assertTrue(tried.out().contains("most on 1970-01-02: 1"), tried::out);
  }

  @Test
  void readingsThatWereSentMakeAModelOfReadings() throws Exception {
    Path bundle = files.resolve("flow");
    Ran built =
        Ran.of(
            "build",
            from,
            "--edge=pi-8",
            "--since=0",
            "--series=pump-1/flow",
            "--recipe=univariate",
            "--out=" + bundle,
            "--json");
    assertEquals(0, built.code(), built::err);
    assertEquals(7_200, json(built).get("readings").asInt(), built::out);
    Ran tried = Ran.of("backtest", bundle.toString(), from, "--edge=pi-8", "--since=0");
    assertEquals(0, tried.code(), tried::err);
    assertTrue(tried.out().contains("pump-1/flow: 7137 rows"), tried::out);

    Ran without = backtest(bundle, "--edge=pi-7");
    assertEquals(1, without.code());
    assertTrue(without.err().contains("the cloud was not sent all of those"), without::err);
    assertEquals(2, backtest(bundle, "--grain=minutes").code());
  }

  @Test
  void whatTheCloudHasNotIsSaid() {
    Path bundle = files.resolve("none");
    List<String> build =
        List.of("build", from, "--recipe=univariate", "--out=" + bundle, "--since=0");
    assertSays("at the edge pi-9", 1, build, "--series=pump-1/flow", "--edge=pi-9");
    assertSays("the edges pi-7 and pi-8", 1, build, "--series=pump-1/flow");
    assertSays(
        "has no minutes of pump-1/flow from 1970-01-03",
        1,
        build,
        "--series=pump-1/flow",
        "--edge=pi-7",
        "--since=1970-01-03T00:00:00Z");
    assertSays(
        "at least 500 are needed",
        1,
        build,
        "--series=pump-1/flow",
        "--edge=pi-7",
        "--until=1970-01-01T02:00:00Z");
    assertSays("is no time such as", 2, build, "--series=pump-1/flow", "--until=noon");
    assertSays("must be after", 2, build, "--series=pump-1/flow", "--until=1960-01-01T00:00:00Z");
    assertFalse(Files.exists(bundle));
  }

  @Test
  void aCloudThatIsNotThereIsSaid() {
    Ran nobody =
        Ran.of(
            "build",
            "--from=http://127.0.0.1:1",
            "--series=pump-1/flow",
            "--recipe=univariate",
            "--out=" + files.resolve("none"));
    assertEquals(1, nobody.code());
    assertTrue(nobody.err().contains("no cloud answers at http://127.0.0.1:1"), nobody::err);
    assertTrue(nobody.err().contains("edgeflow cloud"), nobody::err);
  }

  private static void assertSays(String words, int code, List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    for (String one : more) {
      all.removeIf(old -> old.startsWith(one.substring(0, one.indexOf('=') + 1)));
      all.add(one);
    }
    Ran ran = Ran.of(all.toArray(String[]::new));
    assertEquals(code, ran.code(), ran::err);
    assertTrue(ran.err().contains(words), ran::err);
  }

  /** Of the second day. */
  private static Ran backtest(Path bundle, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "backtest",
                bundle.toString(),
                from,
                "--since=1970-01-02T00:00:00Z",
                "--until=1970-01-03T00:00:00Z"));
    all.addAll(List.of(more));
    return Ran.of(all.toArray(String[]::new));
  }

  private static JsonNode json(Ran ran) throws IOException {
    return new ObjectMapper().readTree(ran.out());
  }

  private static History joined(History one, History other) {
    List<GoldenReading> all = new ArrayList<>(one.readings());
    all.addAll(other.readings());
    return History.of(all);
  }
}
