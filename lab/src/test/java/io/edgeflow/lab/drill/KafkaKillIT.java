package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same promise with two clouds on one database and Kafka between them (L8): whoever of them
 * dies, and with a broker and a database that die too, each acknowledged reading is there once.
 *
 * <p>{@code -Dedgeflow.kills=25} kills each that often; {@code -Dedgeflow.seed=N} repeats a run's
 * choices.
 */
final class KafkaKillIT {
  private static final Logger log = LoggerFactory.getLogger(KafkaKillIT.class);
  private static final int KILLS = Integer.getInteger("edgeflow.kills", 1);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void keepsEveryAcknowledgedReadingOnceWhoeverIsKilled() throws Exception {
    log.info("seed={} kills={}", SEED, KILLS);

    DrillResult result =
        Drills.play(
            new KillDrill(KILLS, EnumSet.allOf(Victim.class), 0, true), home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
