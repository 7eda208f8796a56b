package io.edgeflow.lab.torn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * J2 and J8 for a whole data directory, at a bounded number of places. {@code -Dedgeflow.wounds=N}
 * for more, {@code -Dedgeflow.seed=N} for the same choices again.
 */
final class TornTest {
  private static final Logger log = LoggerFactory.getLogger(TornTest.class);
  private static final int WOUNDS = Integer.getInteger("edgeflow.wounds", 240);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void startsAndNamesWhatIsGoneWhereverADirectoryIsDamaged() throws Exception {
    log.info("seed={} wounds={}", SEED, WOUNDS);

    Torn.Report report =
        Torn.play(new Torn.Extent(0, WOUNDS, 700, List.of()), home, SEED, log::info);

    log.info("{}", report);
    assertEquals(List.of(), report.faults());
    assertTrue(report.missing() > 0, "no damage did any");
    assertTrue(report.said().containsKey("journal-damaged"), report::toString);
    assertTrue(report.said().containsKey("frame-unreadable"), report::toString);
  }

  /** The rule of the windows is a record, too, and it decides how the rest is read. */
  @Test
  void startsWithAnotherWindowLengthWhereverADirectoryIsDamaged() throws Exception {
    log.info("seed={} wounds={}", SEED, WOUNDS);
    List<String> longer = List.of("window.length=2s");

    Torn.Report report = Torn.play(new Torn.Extent(0, WOUNDS, 700, longer), home, SEED, log::info);

    log.info("{}", report.said());
    assertEquals(List.of(), report.faults());
  }
}
