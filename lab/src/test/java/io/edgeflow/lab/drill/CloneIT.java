package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** J4: a gateway's directory is copied in every state, and original and copy go on. */
@Order(3)
final class CloneIT {
  private static final Logger log = LoggerFactory.getLogger(CloneIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void twoCopiesOfADirectoryCountNothingTwiceAndLoseNothing() throws Exception {
    hold(
        new CloneDrill(
            Duration.ofSeconds(2), EnumSet.of(CloneDrill.State.STOPPED, CloneDrill.State.KILLED)));
  }

  /** L2: what both numbered is in conflict, counted and named. */
  @Test
  void aCopyOfARunningDirectoryIsNoticed() throws Exception {
    hold(new CloneDrill(Duration.ofSeconds(4), EnumSet.of(CloneDrill.State.RUNNING)));
  }

  private void hold(CloneDrill drill) throws Exception {
    log.info("seed={}", SEED);
    DrillResult result = Drills.play(drill, home, SEED, log::info);
    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
