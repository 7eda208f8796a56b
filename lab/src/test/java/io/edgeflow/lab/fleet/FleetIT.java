package io.edgeflow.lab.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A small {@code drill rollout}. */
@Isolated("whether a model is slow is judged by the clock")
@Timeout(600)
final class FleetIT {
  @TempDir Path home;

  @Test
  void goodModelsComeEverywhereAndBadOnesGoBackByThemselves() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    FleetDrill.Report report =
        FleetDrill.play(
            new FleetDrill.Shape(4, Duration.ofSeconds(4)), seed, home, System.out::println);
    assertEquals(List.of(), report.faults(), "seed " + seed);
    assertEquals(8, report.stories().size());
  }
}
