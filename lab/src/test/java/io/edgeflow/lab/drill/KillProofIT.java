package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A drill that could not fail would prove nothing: here the promise is given up. */
final class KillProofIT {
  private static final Logger log = LoggerFactory.getLogger(KillProofIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void findsWhatIsLostWhenMessagesAreAcknowledgedBeforeTheyAreSynced() throws Exception {
    log.info("seed={}", SEED);
    List<String> given = List.of("journal.acknowledge=received", "journal.commitInterval=2s");

    DrillResult result =
        Drills.play(new KillDrill(3, EnumSet.of(Victim.GATEWAY)), given, home, SEED, log::info);

    assertFalse(result.held(), result::text);
    assertTrue(result.faults().stream().anyMatch(fault -> fault.endsWith(" LOST")), result::text);
  }
}
