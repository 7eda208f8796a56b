package io.edgeflow.cloud.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.store.Partitions;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.TimeTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten of 20 000 series, while there are 100 000 touches: what is read is what is asked for. */
final class RollupPlanIT {
  private static final Instant END = Instant.parse("2025-11-21T00:00:00Z");
  private static final int HOURS = 30 * 24;

  /** Of each edge. */
  private static final int TOUCHED = 50;

  private static Schema schema;

  @BeforeAll
  static void fill() throws Exception {
    schema = Schema.create();
    try (Connection connection = schema.database().getConnection()) {
      var partitions =
          new Partitions(schema.layout(), StorageSettings.STANDARD, InstantSource.fixed(END));
      for (TimeTable table : List.of(TimeTable.SAMPLE_WINDOW, TimeTable.WINDOW_HOUR_SUM)) {
        for (int day = 1; day <= 30; day++) {
          long micros = (END.getEpochSecond() - day * 86_400L) * 1_000_000;
          partitions.prepare(connection, table, List.of(table.part(micros)));
        }
      }
    }
    schema.execute("insert into edge (name) select 'e' || n from generate_series(1, 2000) n");
    schema.execute(
        "insert into series (edge_id, name, kind) select e, 's' || n, 0"
            + " from generate_series(1, 2000) e, generate_series(1, 10) n order by e, n");
    schema.execute(
        "insert into rollup_touch (edge_id, hour) select e, timestamptz '2025-11-21 00:00Z'"
            + " - h * interval '1 hour' from generate_series(1, 2000) e, generate_series(1, 50) h");
    schema.execute(rows("window_hour_sum", "30 days", "1 hour", 200, "", ""));
    schema.execute(
        rows("sample_window", "50 hours", "1 minute", 100, "length, m2,", "60000000, 0,"));
    schema.execute("analyze");
  }

  @AfterAll
  static void close() {
    schema.close();
  }

  private static String rows(
      String table, String span, String step, int series, String columns, String values) {
    return """
    insert into %s (time, first_time, last_time, count, uncertain, stale, bad, min, max,
      first, last, sum, %s series_id)
    select t, t, t, 1, 0, 0, 0, 1, 1, 1, 1, 1, %s s
    from generate_series(timestamptz '2025-11-21 00:00Z' - interval '%s',
      '2025-11-20 23:59Z', '%s') t, generate_series(1, %d) s
    """
        .formatted(table, columns, values, span, step, series);
  }

  @Test
  void readsHoursOfTheSeriesThatAreAskedForAndNoOthers() throws Exception {
    Map<String, Long> read = read("window_hour");
    assertEquals(10L * HOURS, rows(read, "window_hour_sum"), read.toString());
    // Which are touched, and once more to compute these.
    assertEquals(2 * 10L * TOUCHED, rows(read, "rollup_touch"), read.toString());
    assertTrue(rows(read, "sample_window") <= 10L * TOUCHED * 60, read.toString());
    assertTrue(rows(read, "series") <= 20, read.toString());
  }

  @Test
  void readsForADayThatIsTouchedTheHoursOfThatDay() throws Exception {
    Map<String, Long> read = read("window_day");
    // Three days are touched.
    assertTrue(rows(read, "window_hour_sum") <= 10L * 3 * 24, read.toString());
    assertTrue(rows(read, "sample_window") <= 10L * TOUCHED * 60, read.toString());
  }

  /** How many rows were looked at, whether or not they were wanted, by table. */
  private static Map<String, Long> read(String view) throws Exception {
    try (Connection connection = schema.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                explain (analyze, format json)
                select * from %s
                where series_id = any('{1,11,21,31,41,51,61,71,81,91}'::int[])
                  and time >= '2025-10-22 00:00Z' and time < '2025-11-21 00:00Z'
                """
                    .formatted(view))) {
      row.next();
      Map<String, Long> read = new TreeMap<>();
      add(read, new JsonMapper().readTree(row.getString(1)).at("/0/Plan"));
      return read;
    }
  }

  private static long rows(Map<String, Long> read, String table) {
    return Objects.requireNonNull(read.get(table), () -> table + " in " + read);
  }

  private static void add(Map<String, Long> read, JsonNode node) {
    // A custom scan hands on what scans of chunks read.
    boolean reads =
        node.has("Relation Name") && !node.get("Node Type").asText().equals("Custom Scan");
    if (reads && node.get("Actual Loops").asLong() > 0) {
      double rows =
          node.get("Actual Rows").asDouble()
              + node.path("Rows Removed by Filter").asDouble()
              + node.path("Rows Removed by Index Recheck").asDouble();
      // A partition is named for its table and its first day; only windows have chunks here.
      String table =
          node.get("Relation Name")
              .asText()
              .replaceFirst("_(\\d{8}|other)$", "")
              .replaceFirst("^_hyper_.*", "sample_window");
      read.merge(table, Math.round(rows * node.get("Actual Loops").asLong()), Long::sum);
    }
    node.path("Plans").forEach(plan -> add(read, plan));
  }
}
