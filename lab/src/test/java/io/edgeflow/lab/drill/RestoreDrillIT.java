package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short form of the drill that puts the database back to an earlier state (J10, L3, L12). */
@Order(6)
final class RestoreDrillIT {
  private static final Logger log = LoggerFactory.getLogger(RestoreDrillIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void fillsADatabaseAgainThatWasPutBack() throws Exception {
    log.info("seed={}", SEED);

    DrillResult result =
        Drills.play(new RestoreDrill(Duration.ofSeconds(3), true), home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
