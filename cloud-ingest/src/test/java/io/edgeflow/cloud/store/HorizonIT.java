package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Between the look at the horizon and the commit of a window it does not move. */
final class HorizonIT {
  private static final Instant BEYOND =
      Instant.ofEpochMilli(Plant.START / 1000)
          .truncatedTo(ChronoUnit.DAYS)
          .plus(7, ChronoUnit.DAYS);

  private static Schema schema;

  @BeforeAll
  static void open() throws Exception {
    schema = Schema.create();
  }

  @AfterAll
  static void close() {
    schema.close();
  }

  @Test
  void waitsForWhoeverHasLookedAtIt() throws Exception {
    Plant plant = new Plant("pi-7", new Random(3));
    AtomicInteger refused = new AtomicInteger();
    try (WriterSession writer = writer(connection -> commit(connection, refused))) {
      writer.store(List.of(Plant.arrival(plant.windows("pump/flow", Plant.window(0, 1, 2)))));
    }
    assertEquals(1, refused.get());
    assertEquals("1", schema.one("select count(*) from sample_window"));

    // Not rolled up yet.
    advance();
    assertEquals("f", schema.one("select isfinite(minutes) from rollup_horizon"));
    schema.execute("delete from rollup_touch");
    advance();
    assertEquals("t", schema.one("select isfinite(minutes) from rollup_horizon"));

    try (TestWriter writer = new TestWriter(schema)) {
      writer.store(plant.windows("pump/flow", Plant.window(1, 3)));
    }
    assertEquals("1", schema.one("select count(*) from sample_window"));
    assertEquals("1 3", schema.one("select count || ' ' || sum from window_hour_old"));
    assertEquals("1 3", schema.one("select count || ' ' || sum from window_day_old"));
  }

  private static void commit(Connection connection, AtomicInteger refused) throws SQLException {
    SQLException busy = assertThrows(SQLException.class, HorizonIT::advance);
    assertEquals("55P03", busy.getSQLState());
    refused.incrementAndGet();
    connection.commit();
  }

  private static void advance() throws SQLException {
    try (Connection connection = schema.database().getConnection()) {
      connection.setAutoCommit(false);
      assertTrue(Horizon.isBefore(connection, BEYOND, BEYOND));
      Horizon.advance(connection, BEYOND, BEYOND.minus(30, ChronoUnit.DAYS));
      connection.commit();
    }
  }

  private static WriterSession writer(WriterSession.Commit commit) throws SQLException {
    WriterSession.Settings usual = schema.session();
    return WriterSession.open(
        new WriterSession.Settings(
            usual.database(),
            usual.layout(),
            usual.storage(),
            usual.maxSeries(),
            usual.verdicts(),
            usual.announcing(),
            usual.clock(),
            commit));
  }
}
