package io.edgeflow.cloud.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.wire.frame.RawRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgeflow import}, {@code export} and {@code query} against clouds that serve. */
final class HistoryIT {
  private static final long SEED = new Random().nextLong();
  private static final String ALL = "&from=2025-11-20T00:00:00Z&to=2025-11-22T00:00:00Z";

  private static ServedCloud cloud;
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void bringsIntoAnotherCloudWhatOneExported() throws Exception {
    var plant = new Plant("old-1", new Random(SEED));
    cloud.store(
        plant.windows("trip/flow", Plant.window(0, 1, 2.5, -3), Plant.window(1, 1e-9, 7)),
        plant.windows("trip/flow", Plant.window(1, 0.1)),
        plant.windows("trip/odd name", Plant.window(3, 4)),
        plant.state("trip/mode", "it said \"no, never\",\nthen it went", 3),
        plant.state("trip/mode", "", 1),
        plant.raw(
            "trip/flow",
            List.of(
                new RawRow(0, Plant.START, 1.25, null, Quality.GOOD),
                new RawRow(0, Plant.START + 1, Double.NaN, null, Quality.BAD),
                new RawRow(0, Plant.START + 1, 1.5, null, Quality.UNCERTAIN))));
    for (String form : List.of("csv", "line")) {
      try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
        Path first = export(cloud, "first-" + form, form);
        assertEquals(0, run(new Import(), other, first.toString(), "--format", form), this::said);
        Path second = export(other, "second-" + form, form);
        assertEquals(Files.readString(first), Files.readString(second), form);
        if (form.equals("csv")) {
          assertEquals(7, Files.readAllLines(first).size(), "a text goes over two lines");
        }
        assertTrue(other.get("/api/v1/ledger?audit=true").get("balances").asBoolean());
      }
    }
    Path raw = folder.resolve("raw.csv");
    assertEquals(0, run(new Export(), cloud, "old-1/*", "--raw", "-o", raw.toString()), this::said);
    try (var other = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      assertEquals(0, run(new Import(), other, raw.toString(), "--raw"), this::said);
      Path again = folder.resolve("again.csv");
      assertEquals(0, run(new Export(), other, "old-1/*", "--raw", "-o", again.toString()));
      assertEquals(Files.readString(raw), Files.readString(again));
      assertEquals("3", other.schema().one("select sum(count) from sample_window"));
    }
  }

  @Test
  void goesOnWithAnExportWhereItBroke() throws Exception {
    var plant = new Plant("old-2", new Random(SEED));
    cloud.store(
        plant.windows("resume/a", Plant.window(0, 1), Plant.window(1, 1), Plant.window(2, 1)),
        plant.windows("resume/b", Plant.window(0, 2), Plant.window(1, 2)));
    Path whole = folder.resolve("whole.csv");
    assertEquals(0, run(new Export(), cloud, "old-2/*", "-o", whole.toString()), this::said);
    Path file = folder.resolve("resumed.csv");
    String[] arguments = {"old-2/*", "-o", file.toString(), "--page", "2"};
    cloud.schema().execute("alter table series rename to series_away");
    assertEquals(ExitCodes.FAILED, run(new Export(), cloud, arguments), "nothing can be asked");
    cloud.schema().execute("alter table series_away rename to series");
    assertFalse(Files.exists(file), "a file has its name when it is whole");
    Path part = folder.resolve("resumed.csv.part");
    // As a run leaves it that was killed behind its second page, in the middle of the third.
    String text = Files.readString(whole);
    List<String> lines = text.lines().toList();
    String first = String.join("\n", lines.subList(0, 5)) + "\n";
    Files.writeString(part, first + lines.get(5).substring(0, 9));
    String asked = "[old-2/*] " + "  null CSV false";
    String id = cloud.schema().one("select id from series where name = 'resume/b'");
    String after = id + "." + Plant.START + ".60000000.0.0.0.old-2/resume/b";
    Files.writeString(
        folder.resolve("resumed.csv.part.json"),
        "{\"asked\":\"%s\",\"question\":\"/api/v1/export?what=windows&series=old-2%%2F*&limit=2\",\"after\":\"%s\",\"rows\":4,\"bytes\":%d}"
            .formatted(asked, after, first.length()));
    assertEquals(0, run(new Export(), cloud, arguments), this::said);
    assertTrue(said().contains("goes on behind 4 rows"), this::said);
    assertEquals(text, Files.readString(file));
    assertFalse(Files.exists(part));
  }

  @Test
  void leavesOutBadLinesAndNothingElse() throws Exception {
    Path file =
        write(
            "bad.csv",
            """
            time,series,value
            2025-11-20T21:00:00Z,in-1/bad/a,1
            yesterday,in-1/bad/a,2
            2025-11-20T21:00:01Z,in-1/bad/a,"3
            2025-11-20T21:00:02Z,in-1/bad/a,4
            2025-11-20T21:00:03Z,in-1/bad/a
            2025-11-20T21:00:04Z,bad,5
            2025-11-20T21:00:05Z,in-1/bad/a,off
            1999-11-20T21:00:05Z,in-1/bad/a,1

            2999-11-20T21:00:05Z,in-1/bad/a,1
            2025-11-20 21:00:06,in-1/bad/a,"6"
            1763672407,in-1/bad/a,7
            """);
    assertEquals(ExitCodes.FAILED, run(new Import(), cloud, file.toString()), this::said);
    for (String named :
        List.of(
            ":3: the time 'yesterday' cannot be read",
            ":4: a quote is not closed",
            ":6: it has 2 fields, the first line has 3",
            ":7: the series 'bad' does not begin with an edge",
            ":8: the value 'off' is no number",
            ":9: the time '1999-11-20T21:00:05Z' lies before 2000",
            ":11: the time '2999-11-20T21:00:05Z' lies ahead")) {
      assertTrue(said().contains(named), () -> named + " is not in " + said());
    }
    JsonNode point =
        cloud.get("/api/v1/data?series=in-1/bad/a&step=1m" + ALL).at("/series/0/points/0");
    assertEquals(4, point.get("count").asInt(), "1, 4, 6 and 7");
    assertEquals(7, point.get("last").asInt());
  }

  @Test
  void changesNothingWhereTheSameFileComesAgain() throws Exception {
    Path file = write("twice.csv", "ts;flow;pressure\n1763672400000;1,5;2\n1763672401000;;3\n");
    String[] arguments = {
      file.toString(),
      "--edge",
      "in-2",
      "--name",
      "pump/{column}",
      "--decimal-comma",
      "--unit",
      "bar"
    };
    assertEquals(0, run(new Import(), cloud, arguments), this::said);
    String before = counts("in-2");
    assertEquals("3", before);
    assertEquals(0, run(new Import(), cloud, arguments), this::said);
    assertTrue(said().contains("0 frames with 0 readings stored, 1 were there"), this::said);
    assertEquals(before, counts("in-2"));
    JsonNode series = cloud.get("/api/v1/series?match=in-2/*").get("series");
    assertEquals("in-2/pump/flow", series.at("/0/name").asText());
    assertEquals("bar", series.at("/0/unit").asText());
  }

  @Test
  void takesLineProtocolAsOthersWriteIt() throws Exception {
    Path file =
        write(
            "others.lp",
            """
            # exported
            weather,host=a\\ b,zone=x temp=21.5,hum=40i,ok=true,note="a \\"b\\", c" 1763672400000000000
            weather value=3 1763672400000000001
            weather 3
            weather temp=1
            """);
    assertEquals(ExitCodes.FAILED, run(new Import(), cloud, file.toString(), "--edge", "in-3"));
    assertTrue(said().contains(":4: a field, '3', has no value"), this::said);
    assertTrue(said().contains(":5: there is no time"), this::said);
    assertTrue(said().contains(":3: the series 'weather' cannot be"), this::said);
    List<String> names = new ArrayList<>();
    for (JsonNode one : cloud.get("/api/v1/series?match=in-3/*").get("series")) {
      names.add(one.get("name").asText() + " " + one.get("kind").asText());
    }
    assertEquals(
        List.of(
            "in-3/weather/a b/x/hum gauge",
            "in-3/weather/a b/x/note text",
            "in-3/weather/a b/x/ok state",
            "in-3/weather/a b/x/temp gauge"),
        names);
    String note = "/api/v1/data?series=in-3/weather/a%20b/x/note" + ALL;
    assertEquals("a \"b\", c", cloud.get(note).at("/series/0/points/0/value").asText());
  }

  @Test
  void refusesWhatCannotBeRight() throws Exception {
    cloud.store(new Plant("in-4", new Random(SEED)).state("pump/mode", "on", 1));
    Path file = write("kind.csv", "time,series,value\n2025-11-20T21:00:00Z,in-4/pump/mode,1\n");
    assertEquals(ExitCodes.FAILED, run(new Import(), cloud, file.toString()));
    assertTrue(said().contains("in-4/pump/mode is a text here, and comes as a gauge"), this::said);
    assertEquals(2, run(new Import(), cloud, file.toString(), "--edge", "in/4"));
    assertEquals(2, run(new Import(), cloud, folder.resolve("none.csv").toString()));
    assertEquals(1, run(new Import(), cloud, write("no.csv", "a,b\n1,2\n").toString()));
    assertTrue(said().contains("no column is called time"), this::said);
    assertEquals(
        0,
        run(
            new Import(),
            cloud,
            write("dry.csv", "time,series,value\n2025-11-20T21:00:00Z,in-9/a/b,1\n").toString(),
            "--dry-run"));
    assertEquals(0, cloud.get("/api/v1/series?match=in-9/*").get("total").asInt(), "it was dry");
    assertEquals(
        400,
        cloud.send("POST", "/api/v1/import?edge=in-4", new byte[] {0, 0, 0, 9, 1}).statusCode());
    assertEquals(
        409,
        cloud.send("POST", "/api/v1/import?edge=in-4", new byte[] {0, 0, 0, 1, 1}).statusCode());
  }

  /** Each time it has just brought in more than the times before. */
  @Test
  void isExactHoweverOftenItIsKilled() throws Exception {
    var random = new Random(SEED);
    var lines = new StringBuilder("time,series,value\n");
    long sum = 0;
    int rows = 60_000;
    for (int i = 0; i < rows; i++) {
      int value = random.nextInt(1000);
      sum += value;
      Instant time = Instant.ofEpochSecond(Plant.START / 1_000_000 + random.nextInt(200_000));
      lines
          .append(time)
          .append(",in-5/k/s")
          .append(random.nextInt(20))
          .append(',')
          .append(value)
          .append('\n');
    }
    Path file = write("killed.csv", lines.toString());
    for (int kills = 0; kills < 3; kills++) {
      long before = frames("in-5");
      Process process = child(file);
      Await.until("another frame", () -> frames("in-5") > before);
      assertTrue(process.isAlive(), "it was killed on its way");
      process.destroyForcibly().waitFor();
    }
    assertEquals(0, run(new Import(), cloud, file.toString()), () -> "seed " + SEED + said());
    assertEquals(Integer.toString(rows), counts("in-5"), "seed " + SEED);
    assertEquals(
        sum + "",
        cloud
            .schema()
            .one(
                "select sum(w.sum)::bigint from sample_window w join series s on s.id = series_id"
                    + " where s.name like 'k/s%'"));
    assertTrue(cloud.get("/api/v1/ledger?audit=true&edge=in-5").get("balances").asBoolean());
  }

  @Test
  void drawsALineForEachSeries() throws Exception {
    var plant = new Plant("in-6", new Random(SEED));
    cloud.store(
        plant.windows("q/flow", Plant.window(0, 1), Plant.window(1, 5), Plant.window(2, 9)),
        plant.state("q/mode", "running", 1));
    String[] span = {"--from", "2025-11-20T21:00:00Z", "--to", "2025-11-20T22:00:00Z"};
    assertEquals(0, run(new Query(), cloud, with(span, "in-6/q/*")), this::said);
    String flow =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("in-6/q/flow"))
            .findFirst()
            .orElseThrow();
    assertTrue(flow.matches(".* 1\\.000 +5\\.000 +9\\.000 +9\\.000 +▁ +▅ +█"), flow);
    assertTrue(out.toString().contains("running"), out::toString);
    assertEquals(1, run(new Query(), cloud, with(span, "in-6/q/flw")));
    assertTrue(said().contains("did you mean in-6/q/flow?"), this::said);
    assertEquals(1, run(new Query(), cloud, with(span, "nobody/*")));
    assertEquals(2, run(new Query(), cloud, with(span, "in-6/*", "--last", "1h")));
    assertEquals(2, run(new Query(), cloud, with(span, "in-6/*", "--tz", "Europe/Berlinn")));
    assertEquals(2, run(new Export(), cloud, "in-6/*", "--from", "yesterday"));
    assertTrue(said().contains("yesterday"), this::said);
    out.getBuffer().setLength(0);
    assertEquals(0, run(new Query(), cloud, with(span, "in-6/q/flow", "--csv", "--step", "1m")));
    assertEquals(4, out.toString().lines().count(), out::toString);
    for (Object command : List.of(new Query(), new Import(), new Export())) {
      assertEquals(0, CommandRunner.line(command).setOut(new PrintWriter(out)).execute("--help"));
    }
  }

  private static String[] with(String[] span, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of(span));
    return all.toArray(String[]::new);
  }

  private static Process child(Path file) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Import.class.getName(),
            file.toString(),
            "--batch",
            "1",
            "--url",
            "http://127.0.0.1:" + cloud.port())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long frames(String edge) throws Exception {
    return Long.parseLong(
        cloud
            .schema()
            .one(
                "select coalesce(sum(committed_frames), 0) from frame_ledger l"
                    + " join edge e on e.id = l.edge_id where e.name = '"
                    + edge
                    + "'"));
  }

  private static String counts(String edge) throws Exception {
    return cloud
        .schema()
        .one(
            "select sum(w.count) from sample_window w join series s on s.id = w.series_id"
                + " join edge e on e.id = s.edge_id where e.name = '"
                + edge
                + "'");
  }

  private Path export(ServedCloud from, String name, String form) throws Exception {
    Path file = folder.resolve(name);
    String[] arguments = {"old-1/*", "--format", form, "-o", file.toString(), "--page", "2"};
    assertEquals(0, run(new Export(), from, arguments), this::said);
    return file;
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private String said() {
    return err.toString() + out;
  }

  private int run(Object command, ServedCloud at, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", "http://127.0.0.1:" + at.port()));
    return CommandRunner.line(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
