package io.edgeflow.cloud.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.rollup.Strips;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.StoredFrames;
import io.edgeflow.cloud.store.TimeTable;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Age takes chunks and partitions whole, never what is younger, and says what it took. */
final class RetentionIT {
  private static final Instant START = Instant.ofEpochMilli(Plant.START / 1000);
  private static final long DAY = 24 * 60;
  private static final StorageSettings.Retention KEPT =
      new StorageSettings.Retention(
          Duration.ofDays(400),
          Duration.ofDays(90),
          Duration.ofDays(120),
          Duration.ofDays(120),
          Duration.ofDays(3650),
          Optional.empty());

  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private Schema schema;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void dropsWholePartsBehindTheHorizonAndTouchesNothingYounger() throws Exception {
    StoredFrames.store(
        schema,
        plant.windows(
            "pump/flow",
            Plant.window(-60 * DAY, 1, 2),
            Plant.window(-30 * DAY, 3),
            Plant.window(0, 4)));
    assertEquals(0, retention(START).pass(), "before the horizon has moved");
    horizon("2025-10-15");
    assertEquals(1, retention(START).pass());
    assertEquals("2", schema.one("select sum(count) from window_stored"));
    assertEquals(2, schema.parts(TimeTable.SAMPLE_WINDOW).size());
    assertEquals("sample_window 1", schema.one("select source || ' ' || rows from retention_log"));
    assertEquals("1 2", schema.one("select lane || ' ' || readings from retention_removed"));
    assertEquals(0, retention(START).pass());
  }

  @Test
  void stripsGoWithTheWindowsThatTheyAreMadeOf() throws Exception {
    StoredFrames.store(
        schema, plant.windows("pump/flow", Plant.window(-60 * DAY, 1), Plant.window(0, 2)));
    try (Connection connection = schema.database().getConnection()) {
      Strips.write(connection, START.minus(Duration.ofDays(60)), List.of(1));
      Strips.write(connection, START, List.of(1));
    }
    horizon("2025-10-15");
    assertEquals(2, retention(START).pass());
    assertEquals("1", schema.one("select count(*) from window_hour_strip"));
    assertEquals("t", schema.one("select count = int8send(1) from window_hour_strip"));
    assertEquals(
        "1", schema.one("select sum(readings) from retention_removed"), "not counted twice");
  }

  @Test
  void keepsAPartOfWhichSomeIsYoungerAndTakesSingleRowsOnlyFromTheArchive() throws Exception {
    StoredFrames.store(
        schema,
        plant.windows(
            "pump/flow",
            Plant.window(-2 * DAY, 1),
            Plant.window(-DAY, 1),
            Plant.window(-1000 * DAY, 2),
            Plant.window(1000 * DAY, 3)));
    horizon("2025-11-19");
    assertEquals(1, retention(START).pass());
    assertEquals("3", schema.one("select count(*) from window_stored"));
    assertEquals("1", schema.one("select count(*) from sample_window_other"));
  }

  @Test
  void eachKindHasAnAgeOfItsOwn() throws Exception {
    StoredFrames.store(
        schema,
        plant.raw("pump/raw", 1, 2, 3),
        plant.state("pump/state", "on", 4),
        plant.event("hello"));
    Instant later = START.plus(Duration.ofDays(91 + 7));
    assertEquals(3, retention(later).pass());
    assertEquals("0", schema.one("select count(*) from raw_stored"));
    assertEquals("1", schema.one("select count(*) from state_stored"));
    assertEquals("2 3", schema.one("select lane || ' ' || readings from retention_removed"));
    assertEquals(2, retention(START.plus(Duration.ofDays(121 + 7))).pass());
    assertEquals(
        "1 4", schema.one("select lane || ' ' || readings from retention_removed where lane = 1"));
    assertEquals("event", schema.one("select source from retention_log order by id desc limit 1"));
  }

  @Test
  void theLedgerBalancesAndSaysWhatAgeTook() throws Exception {
    try (var cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW))) {
      cloud.store(plant.windows("pump/flow", Plant.window(-60 * DAY, 1, 2), Plant.window(0, 3)));
      cloud.schema().execute("update rollup_horizon set minutes = '2025-11-01Z'");
      assertEquals(1, retention(cloud.schema(), START).pass());
      JsonNode ledger = cloud.get("/api/v1/ledger?audit=true");
      assertTrue(ledger.get("balances").asBoolean(), ledger.toString());
      assertEquals(1, ledger.at("/audit/0/inTables").asLong());
      assertEquals(2, ledger.at("/audit/0/removed").asLong());
      cloud.schema().execute("delete from sample_window");
      ledger = cloud.get("/api/v1/ledger?audit=true");
      assertFalse(ledger.get("balances").asBoolean(), "age did not take that one");
    }
  }

  @Test
  void waitsForNoWriterAndTriesAgain() throws Exception {
    StoredFrames.store(schema, plant.windows("pump/flow", Plant.window(-60 * DAY, 1)));
    horizon("2025-11-01");
    try (Connection writer = schema.database().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("update sample_window set count = count");
      assertEquals(0, retention(START).pass());
      writer.rollback();
    }
    assertEquals("0", schema.one("select count(*) from retention_log"));
    assertEquals(1, retention(START).pass());
  }

  @Test
  void onlyOneProcessAtATimeRemoves() throws Exception {
    StoredFrames.store(schema, plant.windows("pump/flow", Plant.window(-60 * DAY, 1)));
    horizon("2025-11-01");
    Turn turn = new Turn(schema.database());
    boolean tookNothing = turn.take(connection -> retention(START).pass() == 0).orElse(false);
    assertTrue(tookNothing);
    assertFalse(schema.parts(TimeTable.SAMPLE_WINDOW).isEmpty());
  }

  private void horizon(String day) throws Exception {
    schema.execute("update rollup_horizon set minutes = '%1$sZ', hours = '%1$sZ'".formatted(day));
  }

  private Retention retention(Instant now) {
    return retention(schema, now);
  }

  private static Retention retention(Schema schema, Instant now) {
    return new Retention(
        new Turn(schema.database()),
        schema.layout(),
        new StorageSettings(
            StorageSettings.STANDARD.chunks(), StorageSettings.STANDARD.compressAfter(), KEPT),
        InstantSource.fixed(now));
  }
}
