package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SignalTest {
  private static final long NOON = Instant.parse("2025-11-20T12:00:00Z").toEpochMilli() * 1_000;
  private static final long SECOND = 1_000_000;

  @Test
  void equalSeedsMakeEqualPlants() {
    var one = PlantLayout.of(7, 12, Duration.ofMinutes(5));
    var same = PlantLayout.of(7, 12, Duration.ofMinutes(5));
    var other = PlantLayout.of(8, 12, Duration.ofMinutes(5));

    assertEquals(values(one), values(same));
    assertTrue(!values(one).equals(values(other)));
  }

  private static List<Double> values(PlantLayout plant) {
    return plant.sensors().stream().map(s -> s.value(NOON)).toList();
  }

  @Test
  void theDailyCycleIsHighestAtItsHour() {
    Signal cycle = Signal.daily(3, 12);

    assertEquals(3, cycle.at(NOON), 1e-9);
    assertEquals(-3, cycle.at(NOON + 12 * 3_600 * SECOND), 1e-9);
  }

  @Test
  void noiseHasItsDeviationAndNoMean() {
    Signal noise = Signal.noise(3, 2);
    double[] drawn = LongStream.range(0, 20_000).mapToDouble(i -> noise.at(i * 100_000)).toArray();

    double mean = java.util.Arrays.stream(drawn).average().orElseThrow();
    double square = java.util.Arrays.stream(drawn).map(v -> v * v).average().orElseThrow();
    assertEquals(0, mean, 0.06);
    assertEquals(2, Math.sqrt(square), 0.06);
  }

  @Test
  void wanderingIsSmoothAndBounded() {
    Signal wander = Signal.wander(5, 10, Duration.ofMinutes(1));
    double last = wander.at(NOON);
    for (int i = 1; i < 10_000; i++) {
      double next = wander.at(NOON + i * 100_000L);
      assertTrue(Math.abs(next) <= 10 && Math.abs(next - last) < 0.1, "at step " + i);
      last = next;
    }
  }

  @Test
  void eachStretchHasOneCavitation() {
    var cavitation = new Cavitation(11, Duration.ofMinutes(2));
    long stretch = 120 * SECOND;
    long from = NOON / stretch * stretch;
    for (int i = 0; i < 50; i++) {
      long begin = from + i * stretch;
      long seconds =
          LongStream.range(0, 120).filter(s -> cavitation.at(begin + s * SECOND) > 0).count();
      assertTrue(seconds >= 18 && seconds <= 20, "stretch " + i + ": " + seconds + " s");
    }
  }

  @Test
  void aCavitatingPumpLosesFlowAndShakes() {
    var plant = PlantLayout.of(1, 1, Duration.ofMinutes(2));
    var cavitation = new Cavitation(31 + 1, Duration.ofMinutes(2));
    long calm =
        LongStream.range(0, 500)
            .map(s -> NOON + s * SECOND)
            .filter(t -> cavitation.at(t) == 0)
            .findFirst()
            .orElseThrow();
    long bad =
        LongStream.range(0, 500)
            .map(s -> NOON + s * SECOND)
            .filter(t -> cavitation.at(t) == 1)
            .findFirst()
            .orElseThrow();

    assertTrue(value(plant, "pump-1/flow", bad) < value(plant, "pump-1/flow", calm) - 15);
    assertTrue(value(plant, "pump-1/vibration", bad) > value(plant, "pump-1/vibration", calm) + 2);
  }

  private static double value(PlantLayout plant, String series, long micros) {
    return plant.sensors().stream()
        .filter(s -> s.series().equals(series))
        .findFirst()
        .orElseThrow()
        .value(micros);
  }
}
