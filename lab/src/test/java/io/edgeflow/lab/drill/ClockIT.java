package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * T1 to T3 and J10 in a whole gateway process, with its broker and a cloud, while its clock is
 * wrong. {@code -Dedgeflow.seed=N} for the same choices again.
 */
@Order(5)
final class ClockIT {
  private static final Logger log = LoggerFactory.getLogger(ClockIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void losesAndDoublesNothingWhateverTheClockSays() throws Exception {
    log.info("seed={}", SEED);
    Drill drill =
        new ClockDrill(
            List.of(WrongClock.NONE_AT_BOOT, WrongClock.TEN_YEARS_AHEAD), Duration.ofSeconds(2));

    DrillResult result = Drills.play(drill, home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
