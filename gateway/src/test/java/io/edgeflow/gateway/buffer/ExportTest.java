package io.edgeflow.gateway.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.buffer.CommandLines.Said;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.wire.frame.EventSeverity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgeflow buffer export}. */
@Timeout(60)
final class ExportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long START_MILLIS = RunningEdge.START_MICROS / 1000;

  @TempDir Path temp;

  /** One incarnation that the cloud has, and one that waits. */
  @BeforeEach
  void record() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("pump-7/flow", stamped(9, START_MILLIS - 120_000));
      edge.seal();
    }
    try (RunningEdge edge = new RunningEdge(temp, false)) {
      edge.publish("pump-7/flow", stamped(1, START_MILLIS));
      edge.publish("pump-7/flow", stamped(3, START_MILLIS + 1));
      edge.publish("pump-8/flow", stamped(5, START_MILLIS - 60_000));
      edge.publish("pump-8/note", "\"says \\\"a, b\\\"\"");
      edge.publish("all/level", stamped(7.5, START_MILLIS));
      edge.recorder().event(EventSeverity.WARNING, "gap", "a, b", new TreeMap<>(Map.of("k", "v")));
      edge.seal();
    }
  }

  private static String stamped(double value, long millis) {
    return "[{\"value\":" + value + ",\"ts\":" + millis + "}]";
  }

  @Test
  void writesTheWindowsThatWaitAsCsv() throws Exception {
    Map<Path, String> before = CommandLines.content(temp);
    Said said = CommandLines.run("export", temp.toString());
    assertEquals(before, CommandLines.content(temp));
    assertEquals(ExitCodes.DONE, said.exit(), said::toString);
    List<String> lines = said.out().lines().toList();
    assertEquals(
        "edge,incarnation,frame,standing,series,kind,unit,from,to,readings,uncertain,stale,bad,"
            + "min,max,mean,sum,m2,first,last,value,quality",
        lines.getFirst());
    String flow = line(lines, "pump-7/flow");
    assertTrue(
        flow.endsWith(
            ",buffered,pump-7/flow,gauge,,2025-11-20T21:00:00Z,2025-11-20T21:01:00Z,2,0,0,0,"
                + "1.0,3.0,2.0,4.0,2.0,1.0,3.0,,"),
        flow);
    String note = line(lines, "pump-8/note");
    assertTrue(note.endsWith(",1,,,,,,,,,,,\"says \"\"a, b\"\"\",good"), note);
    assertEquals(5, lines.size(), said::toString);
  }

  @Test
  void writesWhatTheCloudHasOnlyOnRequest() throws Exception {
    assertEquals(1, rows("--series", "pump-7/*").size());
    List<JsonNode> all = rows("--series", "pump-7/*", "--all");
    assertEquals(
        List.of("committed 9.0", "buffered 2.0"),
        all.stream()
            .map(row -> row.path("standing").asText() + " " + row.path("mean").asDouble())
            .toList());
  }

  @Test
  void writesOnlyTheSeriesAndTimesThatAreAskedFor() throws Exception {
    assertEquals(2, rows("--series", "pump-8/*").size());
    assertEquals(3, rows("--series", "pump-8/*", "--series", "pump-7/*").size());
    assertEquals(
        List.of("pump-8/flow"),
        rows("--to", "2025-11-20T21:00:00Z", "--series", "*/flow").stream()
            .map(row -> row.path("series").asText())
            .toList());
    assertEquals(1, rows("--from", "2025-11-20T21:00:00Z", "--series", "*/flow").size());
  }

  @Test
  void writesSingleReadings() throws Exception {
    List<JsonNode> rows = rows("--lane", "raw");
    assertEquals(1, rows.size());
    assertEquals("all/level", rows.getFirst().path("series").asText());
    assertEquals(7.5, rows.getFirst().path("value").asDouble());
    assertEquals("2025-11-20T21:00:00Z", rows.getFirst().path("time").asText());
    assertEquals("good", rows.getFirst().path("quality").asText());
  }

  @Test
  void writesEvents() throws Exception {
    JsonNode row = rows("--lane", "event").getFirst();
    assertEquals("gap", row.path("type").asText());
    assertEquals("v", row.path("detail").path("k").asText());
    String csv = CommandLines.run("export", temp.toString(), "--lane", "event").out();
    assertTrue(csv.contains("gap,,\"a, b\",\"{\"\"k\"\":\"\"v\"\"}\""), csv);
  }

  @Test
  void writesIntoANewFileAndOverwritesNone() throws Exception {
    Path file = temp.resolve("out.csv");
    Said said = CommandLines.run("export", temp.toString(), "--out", file.toString());
    assertEquals(ExitCodes.DONE, said.exit(), said::toString);
    assertTrue(said.err().contains("4 rows in " + file), said::toString);
    assertEquals("", said.out());
    assertEquals(CommandLines.run("export", temp.toString()).out(), Files.readString(file));

    Files.writeString(file, "mine");
    Said again = CommandLines.run("export", temp.toString(), "--out", file.toString());
    assertEquals(ExitCodes.WRONG_USE, again.exit());
    assertTrue(again.err().contains("is there already"), again::toString);
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void isWronglyUsedWithALaneOrATimeThatIsNone() {
    Said lane = CommandLines.run("export", temp.toString(), "--lane", "fast");
    assertEquals(ExitCodes.WRONG_USE, lane.exit());
    assertTrue(lane.err().contains("event, window, raw"), lane::toString);
    Said time = CommandLines.run("export", temp.toString(), "--from", "then");
    assertEquals(ExitCodes.WRONG_USE, time.exit());
    assertTrue(time.err().contains("--from then: it must be ISO-8601"), time::toString);
  }

  /** What is damaged is left out; everything else is written. */
  @Test
  void writesWhatIsIntactOfADamagedDirectory() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, false)) {
      edge.publish("pump-9/flow", "4");
      edge.seal();
    }
    List<Path> segments = new ArrayList<>();
    try (var files = Files.list(temp.resolve("journal"))) {
      files.filter(file -> file.toString().endsWith(".log")).sorted().forEach(segments::add);
    }
    byte[] bytes = Files.readAllBytes(segments.get(1));
    for (int at = 5_000; at < bytes.length; at++) {
      bytes[at] ^= 0x33;
    }
    Files.write(segments.get(1), bytes);
    List<JsonNode> left = rows();
    assertTrue(left.stream().anyMatch(row -> row.path("series").asText().equals("pump-9/flow")));
    assertFalse(left.stream().anyMatch(row -> row.path("series").asText().equals("pump-8/flow")));
  }

  private List<JsonNode> rows(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("export", temp.toString(), "--json"));
    all.addAll(List.of(options));
    Said said = CommandLines.run(all.toArray(String[]::new));
    assertEquals(ExitCodes.DONE, said.exit(), said::toString);
    List<JsonNode> rows = new ArrayList<>();
    for (String line : said.out().lines().toList()) {
      rows.add(MAPPER.readTree(line));
    }
    return rows;
  }

  private static String line(List<String> lines, String series) {
    return lines.stream().filter(line -> line.contains(series)).findFirst().orElseThrow();
  }
}
