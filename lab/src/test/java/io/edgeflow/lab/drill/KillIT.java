package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise, attacked from outside (A1, J1, J4, J5, L5): sensors publish at QoS 1 and send again
 * what was not acknowledged, while gateway, cloud and database are killed, the gateway also in the
 * middle of its work with the disk. Afterwards the database must hold, for every series, each
 * reading that was acknowledged, once.
 *
 * <p>{@code -Dedgeflow.kills=25} kills each of the three that often; {@code -Dedgeflow.seed=N}
 * repeats a run's choices.
 */
@Order(1)
final class KillIT {
  private static final Logger log = LoggerFactory.getLogger(KillIT.class);
  private static final int KILLS = Integer.getInteger("edgeflow.kills", 5);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void keepsEveryAcknowledgedReadingOnceWhoeverIsKilled() throws Exception {
    log.info("seed={} kills={}", SEED, KILLS);

    DrillResult result =
        Drills.play(new KillDrill(KILLS, Victim.ofOneCloud()), home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
