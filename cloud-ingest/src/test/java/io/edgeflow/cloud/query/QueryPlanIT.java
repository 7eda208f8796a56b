package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.store.Plant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Points are read by the key, and only out of the weeks that were asked for. */
final class QueryPlanIT {
  private static final long WEEK = 7 * 24 * 60;

  @Test
  void readsByTheKeyOnlyInTheWeeksThatWereAskedFor() throws Exception {
    try (var cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      var plant = new Plant("pi-7", new Random(7));
      cloud.store(
          plant.windows(
              "pump/flow", Plant.window(-3 * WEEK, 1), Plant.window(-WEEK, 2), Plant.window(0, 3)));
      cloud
          .schema()
          .execute(
              "insert into series (edge_id, name, kind) select 1, 'x/' || n, 0 from"
                  + " generate_series(1, 200) n");
      cloud.schema().execute(FILL);
      cloud.schema().execute("analyze sample_window");
      String here = part(cloud, "2025-11-20 21:00Z");
      String before = part(cloud, "2025-10-30 21:00Z");
      for (String step : List.of("1m", "1d")) {
        String plan = plan(cloud, Grid.of(Step.parse(step), ZoneOffset.UTC));
        assertTrue(plan.contains(here), plan);
        assertFalse(plan.contains(before), plan);
        assertFalse(plan.contains("Seq Scan on " + here), plan);
      }
    }
  }

  /** The chunk or partition of a row of that time. */
  private static String part(ServedCloud cloud, String time) throws Exception {
    return cloud
        .schema()
        .one(
            "select relname from pg_class where oid ="
                + " (select tableoid from sample_window where time = '%s' limit 1)"
                    .formatted(time));
  }

  /** So much that reading all of it would not pay. */
  private static final String FILL =
      """
      insert into sample_window (time, first_time, last_time, length, count, uncertain, stale, bad,
        min, max, first, last, sum, m2, series_id)
      select t, t, t, 60000000, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, s.id
      from series s, generate_series(
        timestamptz '2025-11-20 18:00:00Z', timestamptz '2025-11-20 22:00:00Z', '1 minute') t
      where s.name like 'x/%'
      """;

  private static String plan(ServedCloud cloud, Grid grid) throws Exception {
    var span = new Span(Plant.START, Plant.START + 60 * Plant.MINUTE).onHours();
    var plan = new StringBuilder();
    try (Connection connection = cloud.schema().database().getConnection();
        PreparedStatement select =
            WindowQuery.prepare(
                connection,
                "explain (analyze, costs off) ",
                new WindowQuery.Ask(Source.WINDOWS, List.of(1), span, grid, Column.STANDARD));
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
