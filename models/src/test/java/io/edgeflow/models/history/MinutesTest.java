package io.edgeflow.models.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Scaling;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.process.settings.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MinutesTest {
  private static final String ALL = "\"count\", \"min\", \"max\", \"mean\", \"first\", \"last\"";

  /** What is fitted to minutes of a cloud scores the same rows at the edge, to the last bit. */
  @Test
  void minutesMakeTheRowsThatTheirReadingsMake() {
    Seeded.run(
        60,
        random -> {
          String fill = random.nextBoolean() ? "hold" : "refuse";
          Manifest manifest = manifest(ALL, fill, 1 + random.nextInt(4));
          Parameters parameters = parameters(manifest, random);
          History history = readings(random);
          Map<Long, Row> ofReadings = rows(history, manifest, parameters);
          Map<Long, Row> ofMinutes = rows(Minutes.of(history), manifest, parameters);
          assertTrue(ofReadings.size() > 5, () -> ofReadings.size() + " rows");
          assertEquals(ofReadings.keySet(), ofMinutes.keySet());
          ofReadings.forEach(
              (time, row) -> {
                assertArrayEquals(row.values, ofMinutes.getOrDefault(time, Row.NONE).values);
                assertEquals(row.quality, ofMinutes.getOrDefault(time, Row.NONE).quality);
                assertEquals(row.filled, ofMinutes.getOrDefault(time, Row.NONE).filled);
              });
        });
  }

  @Test
  void minutesWithoutAValueMakeNoRow() {
    Manifest manifest = manifest("\"mean\"", "hold", 1);
    List<Minute> minutes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String name : List.of("p/a", "p/b")) {
        boolean bad = i == 5 && name.equals("p/a");
        double value = bad ? Double.NaN : i;
        minutes.add(
            new Minute(
                new SeriesName(name),
                i * Minute.MICROS,
                60,
                value,
                value,
                value,
                value,
                value,
                bad ? Quality.BAD : Quality.GOOD));
      }
    }
    Map<Long, Row> rows = rows(Minutes.of(minutes), manifest, scaled(manifest, 0, 1));
    assertEquals(8, rows.size());
    assertTrue(!rows.containsKey(6 * Minute.MICROS), () -> rows.keySet().toString());
  }

  @Test
  void whatMinutesDoNotTellIsSaid() {
    Manifest std = manifest("\"std\"", "hold", 1);
    assertTrue(Minutes.lacks(std).orElse("").contains("std"));
    assertThrows(
        IllegalArgumentException.class, () -> rows(new Minutes(List.of()), std, scaled(std, 0, 1)));
    assertTrue(Minutes.lacks(manifest(ALL, "hold", 1)).isEmpty());
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Row(float[] values, Quality quality, int filled) {
    private static final Row NONE = new Row(new float[0], Quality.BAD, -1);
  }

  private static Map<Long, Row> rows(Past past, Manifest manifest, Parameters parameters) {
    Map<Long, Row> rows = new TreeMap<>();
    past.prepare(
        manifest,
        parameters,
        subject ->
            new RowSink() {
              @Override
              public void row(long timeMicros, float[] row, Quality quality, int filled) {
                rows.put(timeMicros, new Row(row.clone(), quality, filled));
              }

              @Override
              public void withheld(long timeMicros, Withheld why) {}
            },
        () -> {});
    return rows;
  }

  /** Two series, some of whose readings are uncertain, with gaps of up to a quarter of an hour. */
  private static History readings(RandomGenerator random) {
    List<GoldenReading> readings = new ArrayList<>();
    for (String name : List.of("p/a", "p/b")) {
      long time = random.nextLong(Minute.MICROS);
      for (int i = 0; i < 4_000; i++) {
        Quality quality = random.nextInt(500) == 0 ? Quality.UNCERTAIN : Quality.GOOD;
        double value = 40 + 3 * random.nextGaussian();
        readings.add(new GoldenReading(new SeriesName(name), time, value, quality));
        boolean gap = random.nextInt(1_000) == 0;
        time += 1 + random.nextLong(gap ? 15 * Minute.MICROS : 3_000_000);
      }
    }
    // Both end in the same minute, so that the same minutes are over.
    long end = readings.stream().mapToLong(GoldenReading::timeMicros).max().orElseThrow();
    for (String name : List.of("p/a", "p/b")) {
      readings.add(new GoldenReading(new SeriesName(name), end + 1, 40, Quality.GOOD));
    }
    return History.of(readings);
  }

  private static Manifest manifest(String statistics, String fill, int minutes) {
    String json =
        """
        {"schema": 1, "name": "m", "version": "1",
         "input": {"kind": "minute-features", "series": ["{device}/a", "{device}/b"],
                   "statistics": [%s], "minutes": %d},
         "preparation": {"gap": {"maxGap": "5m", "fill": "%s"},
                         "normalisation": {"mode": "parameters"}},
         "outputs": [{"name": "score"}]}
        """
            .formatted(statistics, minutes, fill);
    return switch (BundleDocuments.manifest(json.getBytes(StandardCharsets.UTF_8))) {
      case Document.Good<Manifest>(Manifest good) -> good;
      case Document.Faulty<Manifest> faulty -> throw new IllegalStateException(faulty.toString());
    };
  }

  private static Parameters parameters(Manifest manifest, RandomGenerator random) {
    return scaled(manifest, 40 * random.nextDouble(), 0.1 + random.nextDouble());
  }

  private static Parameters scaled(Manifest manifest, double centre, double scale) {
    List<Scaling> columns = new ArrayList<>();
    for (int i = 0; i < manifest.input().columns().size(); i++) {
      columns.add(new Scaling(centre + i, scale + i));
    }
    return new Parameters(1, "m", "1", columns, Map.of(), Map.of());
  }
}
