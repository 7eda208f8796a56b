package io.edgeflow.inference.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PreparerPropertiesTest {
  private static final String[] METHODS = {"last", "mean", "linear"};
  private static final String[] FILLS = {"hold", "interpolate", "refuse"};
  private static final String[] TREATMENTS = {"use", "skip", "refuse"};

  @Test
  void givesTheRowsOfTheNaiveWindow() {
    Seeded.run(
        400,
        random -> {
          int length = 1 + random.nextInt(8);
          int stride = 1 + random.nextInt(length);
          Manifest manifest =
              Plans.manifest(Plans.window(length) + ", \"stride\": " + stride, preparation(random));
          assertLikeNaive(manifest, Reading.ordered(random, 1, 150, pause(random)));
        });
  }

  @Test
  void givesTheRowsOfTheNaiveVector() {
    Seeded.run(
        400,
        random -> {
          int series = 1 + random.nextInt(4);
          Manifest manifest;
          do {
            manifest = Plans.manifest(Plans.vector(series), preparation(random));
          } while (!NaiveGrid.looksBackOnly(manifest));
          assertLikeNaive(manifest, Reading.ordered(random, series, 150, pause(random)));
        });
  }

  @Test
  void goesOnAsIfItHadSeenEverything() {
    Seeded.run(
        600,
        random -> {
          Manifest manifest = anyManifest(random);
          int series = manifest.input().selectors().size();
          List<Reading> readings = Reading.ordered(random, series, 300, pause(random));
          Preparer old = preparer(manifest);
          int change = 150 + random.nextInt(150);
          long now = new NaiveGrid(manifest, readings.subList(0, change)).newest();
          readings.subList(0, change).forEach(one -> one.to(old, RowSink.NONE));

          Preparer young = preparer(manifest);
          readings.subList(0, change).stream()
              .filter(one -> one.timeMicros() >= now - old.reachMicros())
              .forEach(one -> one.to(young, RowSink.NONE));

          var before = new Said();
          var after = new Said();
          for (Reading one : readings.subList(change, readings.size())) {
            one.to(old, before);
            one.to(young, after);
          }
          assertEquals(
              before.rows(), after.rows(), () -> manifest + " cut " + now + " " + readings);
        });
  }

  @Test
  void answersAnyDisorderWithFiniteRowsInOrderOfTime() {
    Seeded.run(
        600,
        random -> {
          Manifest manifest = anyManifest(random);
          int series = manifest.input().selectors().size();
          List<Reading> readings =
              new ArrayList<>(Reading.ordered(random, series, 200, pause(random)));
          for (int i = 0; i < 20; i++) {
            int at = random.nextInt(readings.size());
            Collections.swap(readings, at, Math.min(readings.size() - 1, at + random.nextInt(5)));
          }
          if (random.nextBoolean()) {
            Collections.shuffle(readings, new Random(random.nextLong()));
          }
          Preparer preparer = preparer(manifest);
          ArrivalCounts counts = preparer.counts();
          var checked = new CheckedOrder(manifest.input().rowLength(), counts);
          readings.forEach(one -> one.to(preparer, checked));
          assertTrue(counts.used() + counts.skipped() + counts.refused() <= readings.size());
        });
  }

  private static void assertLikeNaive(Manifest manifest, List<Reading> readings) {
    var said = new Said();
    Preparer preparer = preparer(manifest);
    readings.forEach(one -> one.to(preparer, said));
    var naive = new NaiveGrid(manifest, readings);
    List<String> expected = naive.rows();
    List<String> rows = said.rows();
    // Of the newest times some may still wait; whatever was given is right.
    assertEquals(
        expected.stream().limit(rows.size()).toList(),
        rows,
        () -> manifest.preparation() + " " + readings);
    long waits = naive.newest() - 4_000_000;
    expected.subList(rows.size(), expected.size()).stream()
        .map(line -> Long.parseLong(line.substring(0, line.indexOf("ms"))) * 1_000)
        .forEach(time -> assertTrue(time > waits, () -> "row of " + time + " is missing"));
  }

  private static Preparer preparer(Manifest manifest) {
    return new Preparer(manifest, Parameters.none(manifest), "pump-1");
  }

  private static Manifest anyManifest(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> Plans.manifest(Plans.window(1 + random.nextInt(8)), preparation(random));
      case 1 -> Plans.manifest(Plans.vector(1 + random.nextInt(4)), preparation(random));
      case 2 ->
          Plans.manifest(
              Plans.window(1 + random.nextInt(8)),
              "\"gap\": {\"maxGap\": \"4s\", \"fill\": \"refuse\"}, " + quality(random));
      case 3 ->
          Plans.manifest(
              Plans.vector(1 + random.nextInt(4)),
              "\"gap\": {\"maxGap\": \"4s\", \"fill\": \"%s\"}, "
                      .formatted(random.nextBoolean() ? "hold" : "refuse")
                  + quality(random));
      default ->
          Plans.manifest(
              """
              "kind": "minute-features", "series": ["{device}/a", "{device}/b"], "minutes": %d,
              "statistics": ["count", "mean", "std", "last"], "minCount": %d\
              """
                  .formatted(1 + random.nextInt(3), 1 + random.nextInt(3)),
              "\"gap\": {\"maxGap\": \"150s\", \"fill\": \"%s\"}, "
                      .formatted(random.nextBoolean() ? "hold" : "refuse")
                  + quality(random));
    };
  }

  private static long pause(RandomGenerator random) {
    return 200_000L + random.nextInt(2_000_000);
  }

  private static String preparation(RandomGenerator random) {
    return """
    "resampling": {"method": "%s", "period": "1s", "lateness": "%dms"},
    "gap": {"maxGap": "%dms", "fill": "%s"}, %s\
    """
        .formatted(
            METHODS[random.nextInt(3)],
            random.nextInt(3_000),
            500 + random.nextInt(5_000),
            FILLS[random.nextInt(3)],
            quality(random));
  }

  private static String quality(RandomGenerator random) {
    return """
    "quality": {"uncertain": "%s", "stale": "%s", "bad": "%s"}\
    """
        .formatted(
            TREATMENTS[random.nextInt(3)],
            TREATMENTS[random.nextInt(3)],
            TREATMENTS[1 + random.nextInt(2)]);
  }

  /** Rows come in order of time, of the right length, of finite numbers. */
  private static final class CheckedOrder implements RowSink {
    private final int length;
    private final ArrivalCounts counts;
    private long restarts;
    private long newest = Long.MIN_VALUE;

    CheckedOrder(int length, ArrivalCounts counts) {
      this.length = length;
      this.counts = counts;
    }

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      assertEquals(length, row.length);
      for (float value : row) {
        assertTrue(Float.isFinite(value));
      }
      rises(timeMicros);
    }

    @Override
    public void withheld(long timeMicros, Withheld why) {
      rises(timeMicros);
    }

    private void rises(long timeMicros) {
      assertTrue(timeMicros >= newest || counts.restarts() > restarts, "something of the past");
      restarts = counts.restarts();
      newest = timeMicros;
    }
  }
}
