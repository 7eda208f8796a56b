package io.edgeflow.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that appends is killed at random moments; more of them with -Dedgeflow.journal.kills.
 */
final class KilledProcessTest {
  private static final Logger LOG = LoggerFactory.getLogger(KilledProcessTest.class);
  private static final int KILLS = Integer.getInteger("edgeflow.journal.kills", 4);

  @TempDir Path directory;

  @Test
  void keepsEverythingThatTheProcessSaidWasSafe() throws Exception {
    long seed = Long.getLong("edgeflow.journal.seed", System.nanoTime());
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      ChildJournal child = ChildJournal.start(directory);
      assertEquals("open", child.firstLine(), "seed " + seed);
      if (kill == KILLS - 1) {
        // On a slow machine each of the others may be dead before it has synced anything.
        Journals.await(() -> child.acknowledged() > KILLS);
      }
      pause(Duration.ofMillis(random.nextLong(300)));
      acknowledged = Math.max(acknowledged, child.kill());
      assertKeeps(acknowledged, "seed " + seed + " kill " + kill);
    }
    assertTrue(acknowledged > KILLS, "nothing was acknowledged before the kills");
  }

  /** The moment of the kill is what the test draws; nothing waits for a condition here. */
  private static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void assertKeeps(long acknowledged, String when) throws IOException {
    RecordingReplay replay = Journals.replay(Journals.settings(directory), new NioDisk());
    assertEquals(List.of(), replay.damage, when);
    long covered = replay.checkpoint == null ? 0 : Long.parseLong(replay.checkpoint);
    long last = replay.records.isEmpty() ? covered : replay.records.lastKey();
    assertTrue(last >= acknowledged, when + ": " + last + " < " + acknowledged);
    assertEquals(last - covered, replay.records.size(), when);
    replay.records.forEach((number, text) -> assertEquals("record " + number, text, when));
  }
}
