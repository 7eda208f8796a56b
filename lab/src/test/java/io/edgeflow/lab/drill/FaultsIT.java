package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise while single operations of the disk fail (J3, J8, J9), over a whole run of an edge's
 * core, against a real cloud and database. {@code -Dedgeflow.faults=500} for more, {@code
 * -Dedgeflow.seed=N} for the same choices again.
 */
@Order(4)
final class FaultsIT {
  private static final Logger log = LoggerFactory.getLogger(FaultsIT.class);
  private static final int FAULTS = Integer.getInteger("edgeflow.faults", 3);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void keepsEveryAcknowledgedReadingOnceWhicheverOperationFails() throws Exception {
    log.info("seed={} faults={}", SEED, FAULTS);

    DrillResult result =
        FaultsDrill.play(new FaultsDrill.Pace(0, FAULTS), List.of(), home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }

  /** A drill that could not fail would prove nothing: here the promise is given up. */
  @Test
  void findsWhatIsLostWhenMessagesAreAcknowledgedBeforeTheyAreSynced() throws Exception {
    log.info("seed={}", SEED);
    List<String> given = List.of("journal.acknowledge=received", "journal.commitInterval=1s");

    DrillResult result = FaultsDrill.play(new FaultsDrill.Pace(0, 1), given, home, SEED, log::info);

    assertFalse(result.held(), result::text);
    assertTrue(result.faults().stream().anyMatch(fault -> fault.endsWith(" LOST")), result::text);
  }
}
