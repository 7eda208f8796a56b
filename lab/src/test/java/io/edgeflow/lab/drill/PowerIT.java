package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise through power cuts (J1 to J5, J8), against a real cloud and database. {@code
 * -Dedgeflow.cuts=500} for more, {@code -Dedgeflow.seed=N} for the same choices again.
 */
final class PowerIT {
  private static final Logger log = LoggerFactory.getLogger(PowerIT.class);
  private static final int CUTS = Integer.getInteger("edgeflow.cuts", 12);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void keepsEveryAcknowledgedReadingOnceWhateverTheDiskForgets() throws Exception {
    log.info("seed={} cuts={}", SEED, CUTS);

    DrillResult result = PowerDrill.play(CUTS, home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
