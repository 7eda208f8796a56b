package io.edgeflow.lab.demo;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.lab.sim.Drive;
import io.edgeflow.lab.sim.Pump;
import io.edgeflow.lab.sim.Signal;
import io.edgeflow.lab.sim.SimulatedPoint;
import io.edgeflow.models.history.History;
import io.edgeflow.models.recipe.BundleWriter;
import io.edgeflow.models.recipe.PcaRecipe;
import io.edgeflow.models.recipe.UnfitException;
import io.edgeflow.models.recipe.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The model of the demo: what four sensors of a healthy pump show together, at all speeds. Equal
 * seeds make equal bundles, to the byte.
 */
final class PumpModel {
  static final String SLOT = "health";

  /** Those whose readings move together; the bearing's temperature comes too slowly to tell. */
  private static final Set<String> POINTS = Set.of("flow", "pressure", "vibration", "current");

  private static final long FROM_MICROS =
      Instant.parse("2025-10-01T00:00:00Z").toEpochMilli() * 1_000;

  /** Spread over a month, so that every time of day is there and the slow drift of a sensor. */
  private static final int STRETCHES = 40;

  private static final Duration APART = Duration.ofMinutes(17 * 60 + 20);
  private static final int SAMPLES = 250;
  private static final int PUMPS = 2;

  private PumpModel() {}

  /**
   * The folder of the bundle, which is made if it is not there yet: a second or two.
   *
   * @param folder of bundles
   * @param period of a sample
   */
  static Path bundle(Path folder, long seed, Duration period) throws IOException {
    Path bundle = folder.resolve("pump-health-" + seed + "-" + period.toMillis());
    if (Files.exists(bundle.resolve(BundleDocuments.MANIFEST_FILE))) {
      return bundle;
    }
    Path unfinished = Files.createTempDirectory(Files.createDirectories(folder), "unfinished");
    try {
      write(unfinished, seed, period);
    } catch (UnfitException ours) {
      throw new IllegalStateException("the simulated history is no good", ours);
    }
    Files.move(unfinished, bundle);
    return bundle;
  }

  private static void write(Path folder, long seed, Duration period)
      throws IOException, UnfitException {
    List<Selector> series =
        Stream.of("flow", "pressure", "vibration", "current")
            .map(point -> new Selector("{device}/" + point))
            .toList();
    History history = healthy(seed, period);
    var wish = new Wish("pump-health", "1.0.0", series, Optional.of(period));
    BundleWriter.write(folder, PcaRecipe.STANDARD.fit(wish, history), history);
  }

  /** What the sensors of healthy pumps show, at speeds that change. */
  static History healthy(long seed, Duration period) {
    List<List<SimulatedPoint>> pumps = new ArrayList<>();
    for (int number = 1; number <= PUMPS; number++) {
      Signal speed = speeds(seed + number);
      pumps.add(points(new Pump(number, speed, Signal.constant(0)), seed));
    }
    List<GoldenReading> readings = new ArrayList<>();
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      long from = FROM_MICROS + stretch * APART.toNanos() / 1_000;
      for (int sample = 0; sample < SAMPLES; sample++) {
        long micros = from + sample * period.toNanos() / 1_000;
        pumps.forEach(points -> points.forEach(point -> readings.add(reading(point, micros))));
      }
    }
    return History.of(readings);
  }

  static List<SimulatedPoint> points(Pump pump, long seed) {
    return pump.sensors(seed).stream().filter(point -> POINTS.contains(point.point())).toList();
  }

  static GoldenReading reading(SimulatedPoint point, long micros) {
    return new GoldenReading(
        new SeriesName(point.series()), micros, point.value(micros), Quality.GOOD);
  }

  /** Now slow, now fast, and often one of the two. */
  private static Signal speeds(long seed) {
    Signal wander = Signal.wander(seed, 1, Duration.ofSeconds(25));
    return micros ->
        Drive.SLOW + (1 - Drive.SLOW) * Math.clamp(0.5 + 1.5 * wander.at(micros), 0, 1);
  }
}
