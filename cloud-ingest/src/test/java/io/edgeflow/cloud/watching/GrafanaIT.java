package io.edgeflow.cloud.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.wire.frame.Incarnation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every query of every dashboard, asked of a real database by whoever may only read the views. */
final class GrafanaIT {
  private static final Path FOLDER =
      Path.of(System.getProperty("edgeflow.home", "..")).resolve("config/grafana");
  private static final Instant START = Instant.EPOCH.plusMillis(Plant.START / 1000);
  private static final Map<String, List<String>> CHOSEN =
      Map.of(
          "site", List.of("north", "o'hare"),
          "edge", List.of("pi-7", "pi-8"),
          "series", List.of("pi-7/pump/flow", "pi-8/pump/flow"));

  private static Schema schema;

  @BeforeAll
  static void fill() throws Exception {
    schema = Schema.create();
    for (String edge : List.of("pi-7", "pi-8")) {
      Plant plant = new Plant(edge, new Incarnation(7, edge.hashCode()));
      schema.store(
          plant.windows("pump/flow", Plant.window(0, 1, 2, 3), Plant.window(1, 9)),
          plant.event("a gap"),
          plant.events(Plant.active(Plant.START, "wear", "1.0", "5f".repeat(32))));
    }
    schema.execute("update edge set site = 'north' where name = 'pi-7'");
    schema.execute("update edge set site = 'o''hare' where name = 'pi-8'");
  }

  @AfterAll
  static void stop() {
    schema.close();
  }

  @Test
  void everyPanelAsksWhatTheDatabaseAnswers() throws Exception {
    int asked = 0;
    for (JsonNode board : boards()) {
      for (String sql : queries(board)) {
        for (Duration interval :
            List.of(Duration.ofSeconds(15), Duration.ofHours(1), Duration.ofDays(1))) {
          rows(sql, interval);
          asked++;
        }
      }
    }
    assertTrue(asked > 60, "asked only " + asked);
  }

  @Test
  void aMeanIsOfSumsAndCountsWhateverTheZoom() throws Exception {
    String mean = panel("edgeflow-series", "Mean");
    List<List<String>> minutes = rows(mean, Duration.ofMinutes(1));
    assertEquals(List.of("2", "2", "9", "9"), column(minutes, 2));
    for (Duration interval : List.of(Duration.ofHours(1), Duration.ofDays(1))) {
      assertEquals(List.of("3.75", "3.75"), column(rows(mean, interval), 2), interval.toString());
    }
  }

  @Test
  void aSiteWithAnApostropheIsASite() throws Exception {
    assertEquals(
        List.of("north", "o'hare"),
        column(rows(panel("edgeflow-fleet", "Sites"), Duration.ofMinutes(1)), 0));
  }

  @Test
  void theAccountIsThatOfTheLedger() throws Exception {
    List<List<String>> rows = rows(panel("edgeflow-ledger", "Account"), Duration.ofMinutes(1));
    List<String> windows =
        rows.stream()
            .filter(row -> row.get(0).equals("pi-7") && row.get(2).equals("window"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of("1", "1", "0", "0", "4", "4", "0"), windows.subList(3, 10));
  }

  @Test
  void whoReadsTheViewsReadsNothingElseAndWritesNothing() throws Exception {
    for (String forbidden :
        List.of(
            "select 1 from store.edge",
            "delete from edgeflow.event",
            "insert into edgeflow.edge (edge) values ('x')",
            "create table edgeflow.mine (x int)")) {
      SQLException refused = assertThrows(SQLException.class, () -> ask(forbidden));
      assertTrue(
          Set.of("42501", "55000").contains(refused.getSQLState()),
          forbidden + ": " + refused.getMessage());
    }
  }

  @Test
  void boardsAreWhole() throws Exception {
    Set<String> sources = new HashSet<>();
    yaml("provisioning/datasources/edgeflow.yaml")
        .path("datasources")
        .forEach(source -> sources.add(source.path("uid").asText()));
    Set<String> boards = new HashSet<>();
    for (JsonNode board : boards()) {
      String title = board.path("title").asText();
      assertTrue(boards.add(board.path("uid").asText()), title);
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : board.path("panels")) {
        assertTrue(ids.add(panel.path("id").asInt()), title);
        assertFalse(panel.path("targets").isEmpty(), title);
        for (JsonNode target : panel.path("targets")) {
          assertTrue(sources.contains(target.at("/datasource/uid").asText()), title);
          assertEquals(panel.path("datasource"), target.path("datasource"), title);
        }
        JsonNode place = panel.path("gridPos");
        assertTrue(place.path("x").asInt() + place.path("w").asInt() <= 24, title);
      }
    }
    assertEquals(4, boards.size());
    assertEquals(1, yaml("provisioning/dashboards/edgeflow.yaml").path("providers").size());
  }

  private static List<JsonNode> boards() throws IOException {
    List<JsonNode> boards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
      for (Path file : files.sorted().toList()) {
        boards.add(new JsonMapper().readTree(file.toFile()));
      }
    }
    return boards;
  }

  private static JsonNode yaml(String file) throws IOException {
    Object tree =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(FOLDER.resolve(file)));
    return new JsonMapper().valueToTree(tree);
  }

  private static List<String> queries(JsonNode board) {
    List<String> queries = new ArrayList<>();
    board.findValuesAsText("rawSql", queries);
    board.at("/templating/list").forEach(list -> queries.add(list.path("query").asText()));
    return queries;
  }

  private static String panel(String board, String title) throws IOException {
    for (JsonNode candidate : boards()) {
      for (JsonNode panel : candidate.path("panels")) {
        if (candidate.path("uid").asText().equals(board)
            && panel.path("title").asText().equals(title)) {
          return panel.at("/targets/0/rawSql").asText();
        }
      }
    }
    throw new IOException("no panel " + title);
  }

  private static List<List<String>> rows(String sql, Duration interval) throws SQLException {
    Instant from = START.minus(Duration.ofDays(2));
    Instant to = START.plus(Duration.ofDays(2));
    return ask(new GrafanaQuery(from, to, interval, CHOSEN).expand(sql));
  }

  private static List<List<String>> ask(String sql) throws SQLException {
    try (Connection connection = schema.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set role edgeflow_reader");
      try (ResultSet rows = execute(statement, sql)) {
        return read(rows);
      } finally {
        statement.execute("reset role");
      }
    }
  }

  private static ResultSet execute(Statement statement, String sql) throws SQLException {
    if (!statement.execute(sql)) {
      throw new AssertionError("was allowed: " + sql);
    }
    return statement.getResultSet();
  }

  private static List<List<String>> read(ResultSet rows) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(String.valueOf(rows.getString(i)));
      }
      all.add(row);
    }
    return all;
  }

  private static List<String> column(List<List<String>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }
}
