package io.edgeflow.cloud.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.StoredFrames;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What lies beside the hypertable is in hours and days all the same, and once. Views stand where
 * TimescaleDB's aggregates would, which no server without its community licence has.
 */
final class RefreshingAggregatesIT {
  private static final Layout CONTINUOUS = new Layout.Community("of a test", true);
  private static final long DAY = 24 * 60;

  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());

  @Test
  void hoursAndDaysHaveWhatIsArchivedAndStagedOnce() throws Exception {
    try (Schema schema = Schema.create()) {
      schema.aggregating();
      store(schema, 0, 1, 60, -20 * DAY, -20 * DAY + 1, -1000 * DAY, 1000 * DAY);
      assertEquals("7 7", sums(schema), "while all is touched");
      refresh(schema);
      assertEquals("7 7", sums(schema));
      store(schema, 2, -20 * DAY + 2, -1000 * DAY);
      assertEquals("10 10", sums(schema));
      refresh(schema);
      assertEquals("10 10", sums(schema));
      assertEquals(
          "0",
          schema.one(
              "select count(*) from (select 1 from window_hour group by series_id, time"
                  + " having count(*) > 1) twice"));
      assertEquals("5", schema.one("select count(*) from window_hour"));
      assertEquals("4", schema.one("select count(*) from window_day"));
    }
  }

  private void store(Schema schema, long... minutes) throws Exception {
    for (long minute : minutes) {
      StoredFrames.store(schema, CONTINUOUS, plant.windows("pump/flow", Plant.window(minute, 1)));
    }
  }

  private static void refresh(Schema schema) throws Exception {
    var refresh = new RefreshingAggregates();
    try (Connection connection = schema.database().getConnection()) {
      List<Instant> hours =
          Sql.rows(
              connection,
              "select distinct hour from rollup_touch order by 1",
              row -> row.getObject(1, OffsetDateTime.class).toInstant());
      for (Instant hour : hours) {
        refresh.hours(connection, hour, List.of(1));
      }
      Sql.run(connection, "delete from rollup_touch");
      for (Instant hour : hours) {
        Instant day = hour.truncatedTo(ChronoUnit.DAYS);
        Sql.run(
            connection, "insert into rollup_touch_day values (1, ?) on conflict do nothing", day);
        refresh.days(connection, day, List.of(1));
      }
      Sql.run(connection, "delete from rollup_touch_day");
    }
  }

  private static String sums(Schema schema) throws Exception {
    return schema.one(
        "select (select sum(count) from window_hour) || ' ' || (select sum(count) from"
            + " window_day)");
  }
}
