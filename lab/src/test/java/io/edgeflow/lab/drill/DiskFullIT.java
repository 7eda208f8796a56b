package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.child.SmallVolume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * J9, A2 on a real file system. Where none can be mounted, {@code FullDiskTest} of the gateway
 * still runs, on a disk that plays full.
 */
final class DiskFullIT {
  private static final Logger log = LoggerFactory.getLogger(DiskFullIT.class);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void losesNothingOnAFileSystemThatIsFullAndThenReadOnly() throws Exception {
    Optional<String> obstacle = SmallVolume.obstacle();
    Assumptions.assumeTrue(obstacle.isEmpty(), () -> "no file system of its own: " + obstacle);
    log.info("seed={}", SEED);
    Path place = Files.createDirectory(home.resolve("gateway"));

    try (SmallVolume volume = SmallVolume.open(place, DiskFullDrill.BYTES)) {
      DrillResult result = Drills.play(new DiskFullDrill(volume), home, SEED, log::info);

      log.info("{}", result.text());
      assertTrue(result.held(), result::text);
    }
  }
}
