package io.edgeflow.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.runtime.ThreadBudget;
import io.edgeflow.lab.sim.Drive;
import io.edgeflow.lab.sim.Pump;
import io.edgeflow.lab.sim.Signal;
import io.edgeflow.models.history.History;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.models.replay.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PumpModelTest {
  private static final long SEED = 1;
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long NOON = Instant.parse("2026-06-20T12:00:00Z").toEpochMilli() * 1_000;
  private static final long SECOND = 1_000_000;

  @TempDir private Path files;

  @Test
  void equalSeedsMakeEqualBundlesWhichProveThemselves() throws Exception {
    Path one = PumpModel.bundle(files.resolve("one"), SEED, PERIOD);
    Path other = PumpModel.bundle(files.resolve("other"), SEED, PERIOD);

    try (OpenBundle first = open(one);
        OpenBundle second = open(other)) {
      assertEquals(first.bundle().digest(), second.bundle().digest());
      assertTrue(first.prove().passed(), () -> first.prove().toString());
    }
    assertEquals(one, PumpModel.bundle(files.resolve("one"), SEED, PERIOD));
  }

  @Test
  void seesCavitationWithinSecondsAndNeitherNoiseNorASlowPump() throws Exception {
    Path bundle = PumpModel.bundle(files, SEED, PERIOD);
    try (OpenBundle open = open(bundle)) {
      List<Double> healthy = scores(open, second -> 1, second -> 0, 1_800);
      List<Double> slowing = scores(open, second -> second < 60 ? 1 : Drive.SLOW, s -> 0, 1_800);
      List<Double> sick = scores(open, second -> 1, second -> second < 60 ? 0 : 1, 120);

      assertTrue(most(healthy) < 0.9, () -> "healthy: " + most(healthy));
      assertTrue(most(slowing) < 0.9, () -> "slow: " + most(slowing));
      double least = sick.subList(65, 118).stream().mapToDouble(score -> score).min().orElseThrow();
      assertTrue(least > 2, () -> "cavitating: " + least);
    }
  }

  private static double most(List<Double> scores) {
    return scores.stream().mapToDouble(score -> score).max().orElseThrow();
  }

  /** Of a pump whose sensors say something twice a second. */
  private static List<Double> scores(OpenBundle open, Signal speed, Signal cause, int seconds)
      throws Exception {
    var pump = new Pump(1, since(speed), since(cause));
    List<GoldenReading> readings = new ArrayList<>();
    for (int half = 0; half < 2 * seconds; half++) {
      long micros = NOON + half * SECOND / 2;
      PumpModel.points(pump, SEED).forEach(p -> readings.add(PumpModel.reading(p, micros)));
    }
    List<Double> scores = new ArrayList<>();
    Replay.run(
        open,
        History.of(readings),
        (subject, micros, all, offset) -> scores.add((double) all[offset]));
    return scores;
  }

  private static Signal since(Signal bySecond) {
    return micros -> bySecond.at((micros - NOON) / SECOND);
  }

  private static OpenBundle open(Path bundle) throws Exception {
    return OpenBundle.open(
        bundle,
        ScoringRuntime.open(
            RuntimeSettings.defaults()
                .with(ThreadBudget.halfTheCores(), List.of(ExecutionProvider.CPU))));
  }
}
