package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.proxy.Direction;
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
 * Short forms of the drills that attack the link, one after the other on one house: a frame is sent
 * until its verdict comes and committed once (L2, L3, L4, L5).
 */
@Order(2)
final class DrillIT {
  private static final Logger log = LoggerFactory.getLogger(DrillIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void losesAndDoublesNothingWhateverTheLinkDoes() throws Exception {
    log.info("seed={}", SEED);
    var drill =
        new Several(
            "link",
            List.of(
                new FlapDrill(Duration.ofSeconds(5), Duration.ofSeconds(1)),
                new HalfOpenDrill(Duration.ofSeconds(3), true),
                new ByteCutsDrill("lost-ack", Direction.DOWN, 0, 4),
                new ByteCutsDrill("duplicate-ack", Direction.UP, 0, 4),
                new UnreadableAcksDrill(1),
                new RepeatedAcksDrill(2)));

    DrillResult result = Drills.play(drill, home, SEED, log::info);

    log.info("{}", result.text());
    assertTrue(result.held(), result::text);
  }
}
