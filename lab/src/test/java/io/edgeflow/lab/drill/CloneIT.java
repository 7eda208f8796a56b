package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** J4: a stopped and a killed gateway's directory is copied, and both copies are started. */
final class CloneIT {
  private static final Logger log = LoggerFactory.getLogger(CloneIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void twoCopiesOfADirectoryCountNothingTwiceAndLoseNothing() throws Exception {
    log.info("seed={}", SEED);
    var states = EnumSet.of(CloneDrill.State.STOPPED, CloneDrill.State.KILLED);

    DrillResult result =
        Drills.play(new CloneDrill(Duration.ofSeconds(2), states), home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
