package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.RawRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Wrong clocks make no tables, on whatever server, and what they stamped is stored all the same.
 */
final class HostileStampsIT {
  private static final long YEAR_1 = micros("0001-01-01T00:00:00Z");
  private static final long YEAR_9999 = micros("9999-12-31T23:00:00Z");
  private static final long Y2K = micros("2000-01-01T00:00:00Z");
  private static final long HOUR = 3_600_000_000L;

  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private Schema schema;
  private WriterSession session;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    session = WriterSession.open(schema.session());
  }

  @AfterEach
  void close() {
    session.close();
    schema.close();
  }

  @Test
  void hoursOfADecadeMakeNoTableAndAreRead() throws Exception {
    store(plant.windows("pump/flow", Plant.window(0, 1)));
    List<Window> windows = new ArrayList<>();
    List<RawRow> raw = new ArrayList<>();
    for (long hour = 0; hour < 24 * 3650; hour += 100) {
      windows.add(at(Y2K + hour * HOUR));
      raw.add(reading(Y2K + hour * HOUR));
    }
    store(plant.windows("pump/flow", windows.toArray(Window[]::new)), plant.raw("pump/raw", raw));
    assertEquals(1, schema.parts(TimeTable.SAMPLE_WINDOW).size());
    assertEquals(0, schema.parts(TimeTable.SAMPLE_RAW).size());
    assertEquals("877", schema.one("select count(*) from window_stored"));
    assertEquals("876", schema.one("select count(*) from raw_stored"));
  }

  @Test
  void theEndsOfTimeMakeNoTableOfAnyKind() throws Exception {
    for (long micros : List.of(YEAR_1, YEAR_9999)) {
      store(
          plant.windows("pump/flow", at(micros)),
          plant.raw("pump/raw", List.of(reading(micros))),
          plant.changes("pump/state", run(micros)),
          plant.events(event(micros)));
    }
    for (TimeTable table : TimeTable.values()) {
      assertEquals(0, schema.parts(table).size(), table.sqlName());
      if (table.view().isPresent()) {
        assertEquals("2", schema.one("select count(*) from " + table.archive()));
        assertEquals("2", schema.one("select count(*) from " + table.view().get()));
      }
    }
  }

  @Test
  void oneBatchMayReachFromTheArchiveToNow() throws Exception {
    CommittedBatch batch =
        session.store(
            List.of(
                Plant.arrival(
                    plant.windows(
                        "pump/flow",
                        at(YEAR_1),
                        Plant.window(-60 * 24 * 500, 1),
                        Plant.window(-60 * 24 * 300, 2),
                        Plant.window(-60 * 24 * 20, 3),
                        Plant.window(0, 4),
                        Plant.window(60 * 24 * 6, 5),
                        Plant.window(60 * 24 * 20, 6),
                        at(YEAR_9999)))));
    assertEquals(FrameOutcome.COMMITTED, batch.settled().getFirst().outcome());
    assertEquals("8", schema.one("select committed_readings from frame_ledger"));
    assertEquals("8", schema.one("select sum(count) from window_stored"));
    assertEquals("4", schema.one("select count(*) from sample_window_other"));
  }

  @Test
  void aSupplementOfAnArchivedWindowIsMergedWithIt() throws Exception {
    store(plant.windows("pump/flow", at(Y2K)));
    store(plant.windows("pump/flow", at(Y2K)));
    assertEquals("2", schema.one("select count from sample_window_other"));
    assertTrue(schema.parts(TimeTable.SAMPLE_WINDOW).isEmpty());
  }

  private void store(Frame... frames) throws Exception {
    List<Arrival> arrivals = new ArrayList<>();
    for (Frame frame : frames) {
      arrivals.add(Plant.arrival(frame));
    }
    assertTrue(
        session.store(arrivals).settled().stream()
            .allMatch(settled -> settled.outcome() == FrameOutcome.COMMITTED));
  }

  private static Window at(long micros) {
    return new Window(micros, Plant.MINUTE, 1, 0, 0, 0, 1, 1, 1, 0, micros, 1, micros, 1);
  }

  private static RawRow reading(long micros) {
    return new RawRow(0, micros, 1, null, Quality.GOOD);
  }

  private static ChangeRow run(long micros) {
    return new ChangeRow(0, micros, micros + 1, 1, Double.NaN, "on", Quality.GOOD);
  }

  private static EventRow event(long micros) {
    return new EventRow(micros, EventSeverity.INFO, "gap", "", "wrong clock", new TreeMap<>());
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
