package io.edgeflow.cloud.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.StoredFrames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Windows of compressed times wait in a table of their own, seen by everybody, and are merged once.
 * The chunks here are not compressed, which no Apache-licensed server can: the way is the same.
 */
final class LateWindowsIT {
  private static final Instant START = Instant.ofEpochMilli(Plant.START / 1000);
  private static final Layout COMPRESSING = new Layout.Community("of a test", false);
  private static final long DAY = 24 * 60;
  private static final int FRAMES = 60;

  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private Schema schema;
  private Upkeep upkeep;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    schema.staging();
    upkeep =
        new Upkeep(
            schema.database(), COMPRESSING, StorageSettings.STANDARD, InstantSource.fixed(START));
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void aBatchFromTheArchiveToNowCommitsWholeAndIsSeenAtOnce() throws Exception {
    store(
        Plant.window(-1000 * DAY, 1),
        Plant.window(-20 * DAY, 2, 2),
        Plant.window(-15 * DAY, 3),
        Plant.window(-10 * DAY, 4),
        Plant.window(0, 5),
        Plant.window(1000 * DAY, 6));
    assertEquals("2", schema.one("select count(*) from window_late"));
    assertEquals("7", schema.one("select committed_readings from frame_ledger"));
    assertEquals("7 23", seen());
    upkeep.mergeLate();
    assertEquals(2, upkeep.merged());
    assertEquals("0", schema.one("select count(*) from window_late"));
    assertEquals("7 23", seen());
  }

  @Test
  void mergesWithWhatTheChunkHas() throws Exception {
    StoredFrames.store(schema, plant.windows("pump/flow", Plant.window(-20 * DAY, 1)));
    store(Plant.window(-20 * DAY, 3));
    store(Plant.window(-20 * DAY, 5));
    assertEquals("3 9", seen());
    upkeep.mergeLate();
    assertEquals("3 9", seen());
    assertEquals(
        "3 1 5 8", schema.one("select count||' '||min||' '||max||' '||m2 from window_stored"));
    upkeep.mergeLate();
    assertEquals("3 9", seen());
    assertEquals(1, upkeep.merged());
  }

  @Test
  void leavesWhatWritersMayStillWriteDirectlyAndWhatTheHorizonHasPassed() throws Exception {
    store(Plant.window(-14 * DAY - 10, 1), Plant.window(-30 * DAY, 2), Plant.window(-20 * DAY, 3));
    schema.execute("update rollup_horizon set minutes = '2025-10-25Z'");
    upkeep.mergeLate();
    assertEquals("1 2", schema.one("select min(sum) || ' ' || max(sum) from window_late"));
  }

  @Test
  void countsEveryReadingOnceWhileWritersAddToWhatIsMerged() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    long expected = 0;
    try (ExecutorService merging = Executors.newSingleThreadExecutor()) {
      Future<?> merger =
          merging.submit(
              () -> {
                while (upkeep.merged() < FRAMES) {
                  upkeep.mergeLate();
                }
                return null;
              });
      for (int frame = 0; frame < FRAMES || !merger.isDone(); frame++) {
        Window[] windows = new Window[3];
        for (int i = 0; i < windows.length; i++) {
          windows[i] = Plant.window(-20 * DAY + 3L * random.nextInt(5) + i, 1);
        }
        store(windows);
        expected += windows.length;
        assertEquals(expected + " " + expected, seen(), "seed " + seed);
      }
      merger.get();
    }
    upkeep.mergeLate();
    assertEquals(expected + " " + expected, seen(), "seed " + seed);
    assertEquals("0", schema.one("select count(*) from window_late"));
    assertTrue(upkeep.merged() >= FRAMES);
  }

  private String seen() throws Exception {
    return schema.one("select sum(count) || ' ' || sum(sum) from window_stored");
  }

  private void store(Window... windows) throws Exception {
    StoredFrames.store(schema, COMPRESSING, plant.windows("pump/flow", windows));
  }
}
