package io.edgeflow.models.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.golden.Expectation;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.inference.golden.GoldenVector;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.models.TestRuntime;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minute;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import io.edgeflow.models.pump.SimulatedPump;
import io.edgeflow.models.pump.VibratingPump;
import io.edgeflow.models.replay.OpenBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecipeTest {
  private static final long HOUR = 3_600_000_000L;

  /** Two hours of two pumps, seeds 3 and 4. */
  private static final History TWO_PUMPS = twoPumps();

  @Test
  void aUnivariateBundleProvesItself(@TempDir Path folder) throws Exception {
    Fitted fitted = Built.univariate(TWO_PUMPS, "pump-1/flow");
    assertProves(fitted, TWO_PUMPS, folder.resolve("bundle"), 4);
  }

  @Test
  void aPatternScoresEachSeriesInItsOwnUnits(@TempDir Path folder) throws Exception {
    Fitted fitted = Built.univariate(TWO_PUMPS, "*/pressure");
    assertEquals(
        List.of("pump-1/pressure", "pump-2/pressure"),
        fitted.parameters().devices().keySet().stream().sorted().toList());
    assertProves(fitted, TWO_PUMPS, folder.resolve("bundle"), 8);
  }

  @Test
  void aPcaBundleProvesItself(@TempDir Path folder) throws Exception {
    assertProves(Built.pca(TWO_PUMPS), TWO_PUMPS, folder.resolve("bundle"), 8);
  }

  @Test
  void equalReadingsGiveEqualFiles(@TempDir Path folder) throws Exception {
    for (String name : List.of("one", "other")) {
      BundleWriter.write(folder.resolve(name + "-pca"), Built.pca(TWO_PUMPS), TWO_PUMPS);
      BundleWriter.write(
          folder.resolve(name + "-flow"), Built.univariate(TWO_PUMPS, "*/flow"), TWO_PUMPS);
    }
    for (String recipe : List.of("-pca", "-flow")) {
      assertSameFiles(folder.resolve("one" + recipe), folder.resolve("other" + recipe));
    }
  }

  private static void assertSameFiles(Path one, Path other) throws IOException {
    try (Stream<Path> files = Files.list(one)) {
      for (Path file : files.toList()) {
        assertArrayEquals(
            Files.readAllBytes(file),
            Files.readAllBytes(other.resolve(file.getFileName())),
            file.toString());
      }
    }
  }

  /** Bursts, whose windows do not reach from one into the next. */
  @Test
  void aWaveformBundleProvesItselfAndIsTheSameAgain(@TempDir Path folder) throws Exception {
    History bursts = new VibratingPump(6, 0, List.of()).next(320);
    var wish = Built.wish("pump-*/vibration");
    Fitted fitted = WaveformRecipe.STANDARD.fit(wish, bursts);
    assertEquals(320, fitted.rows());
    BundleWriter.write(folder.resolve("one"), fitted, bursts);
    try (OpenBundle open = OpenBundle.open(folder.resolve("one"), TestRuntime.get())) {
      GoldenReport report = open.prove();
      assertTrue(report.passed(), report::toString);
      assertEquals(4, report.vectors());
      assertTrue(report.rows() >= 8, report::toString);
      assertEquals(List.of(1, 1_024), open.bundle().manifest().tensors().shape());
    }
    BundleWriter.write(folder.resolve("other"), WaveformRecipe.STANDARD.fit(wish, bursts), bursts);
    assertSameFiles(folder.resolve("one"), folder.resolve("other"));
    assertTrue(fitted.reference().score(new float[1_024])[0] > 1, "a sensor that is dead");
    History few = new VibratingPump(6, 0, List.of()).next(100);
    assertThrows(UnfitException.class, () -> WaveformRecipe.STANDARD.fit(wish, few));
    assertThrows(UnfitException.class, () -> WaveformRecipe.STANDARD.fit(wish, Minutes.of(bursts)));
  }

  /** What is changed in a golden vector of minutes must be in a minute that a row is made of. */
  @Test
  void goldenVectorsOfMinutesShowWhatTheySay() throws Exception {
    var random = new SplittableRandom(9);
    var name = new SeriesName("p/a");
    List<Minute> minutes = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      double mean = 10 + random.nextGaussian();
      minutes.add(
          new Minute(
              name, i * Minute.MICROS, 60, mean - 1, mean + 1, mean, mean, mean, Quality.GOOD));
    }
    Past past = Minutes.of(minutes);
    Fitted fitted = UnivariateRecipe.STANDARD.fit(Built.wish("p/a"), past);
    List<GoldenVector> vectors =
        BundleWriter.golden(fitted.manifest(), fitted.parameters(), fitted.reference(), past)
            .vectors();
    assertEquals(
        List.of("as it was", "a jump", "a stuck sensor", "a bad reading"),
        vectors.stream().map(one -> one.name().replace("p: ", "")).toList());
    assertTrue(last(vectors.get(0)).scores().getFirst() < 1, vectors.get(0)::toString);
    assertTrue(last(vectors.get(1)).scores().getFirst() > 1, vectors.get(1)::toString);
    assertTrue(last(vectors.get(2)).scores().getFirst() > 1, vectors.get(2)::toString);
    assertEquals(Optional.of(Withheld.BAD_QUALITY), last(vectors.get(3)).withheld());
  }

  private static Expectation last(GoldenVector vector) {
    return vector.expected().getLast();
  }

  @Test
  void aGraphThatIsNotTheReferenceIsFoundOut(@TempDir Path folder) throws Exception {
    Fitted fitted = Built.univariate(TWO_PUMPS, "pump-1/flow");
    Path bundle = folder.resolve("bundle");
    BundleWriter.write(bundle, fitted, TWO_PUMPS);
    byte[] other = Built.univariate(TWO_PUMPS, "pump-1/vibration").graph();
    Files.write(bundle.resolve(Manifest.MODEL_FILE), other);
    try (OpenBundle open = OpenBundle.open(bundle, TestRuntime.get())) {
      assertFalse(open.prove().passed());
    }
  }

  @Test
  void whatIsNotFittedIsSaid() {
    History short1 = TWO_PUMPS.between(0, HOUR / 100);
    assertThrows(UnfitException.class, () -> Built.univariate(short1, "pump-1/flow"));
    assertThrows(UnfitException.class, () -> Built.univariate(TWO_PUMPS, "pump-7/flow"));
    assertThrows(UnfitException.class, () -> Built.pca(short1));
    assertThrows(
        UnfitException.class, () -> PcaRecipe.STANDARD.fit(Built.wish("{device}/flow"), TWO_PUMPS));
  }

  @Test
  void nothingIsOverwritten(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    Fitted fitted = Built.pca(TWO_PUMPS);
    assertThrows(IOException.class, () -> BundleWriter.write(folder, fitted, TWO_PUMPS));
    assertEquals("mine", Files.readString(folder.resolve("mine.txt")));
  }

  /** A series that rests is not stuck, and one that never moved can still jump. */
  @Test
  void aSeriesThatStandsStillIsNormal(@TempDir Path folder) throws Exception {
    SeriesName level = new SeriesName("tank/level");
    History still = TWO_PUMPS.only(name -> name.path().equals("pump-1/flow"));
    History constant =
        new History(
            still.readings().stream()
                .map(one -> new GoldenReading(level, one.timeMicros(), 5, one.quality()))
                .toList());
    Fitted fitted = Built.univariate(constant, "tank/level");
    float[] row = new float[UnivariateRecipe.STANDARD.length()];
    assertTrue(fitted.reference().score(row)[0] < 1);
    row[row.length - 1] = 100;
    assertTrue(fitted.reference().score(row)[0] > 1);
    assertProves(fitted, constant, folder.resolve("bundle"), 4);
  }

  /** A machine that is off now and then is not stuck when it is. */
  @Test
  void restThatIsUsualIsNotStuck() throws Exception {
    SeriesName flow = new SeriesName("pump-1/flow");
    History resting =
        new History(
            TWO_PUMPS.only(flow::equals).readings().stream()
                .map(one -> one.timeMicros() / 1_000_000 % 1_000 < 100 ? stopped(one) : one)
                .toList());
    float[] still = new float[UnivariateRecipe.STANDARD.length()];
    assertEquals(0, Built.univariate(resting, "pump-1/flow").reference().score(still)[3]);
    assertTrue(Built.univariate(TWO_PUMPS, "pump-1/flow").reference().score(still)[3] > 1);
  }

  private static GoldenReading stopped(GoldenReading one) {
    return new GoldenReading(one.series(), one.timeMicros(), 0, one.quality());
  }

  private static History twoPumps() {
    var readings = new ArrayList<GoldenReading>();
    readings.addAll(new SimulatedPump(3, 0).readings(1, List.of()).between(0, 2 * HOUR).readings());
    for (GoldenReading one :
        new SimulatedPump(4, 0).readings(1, List.of()).between(0, 2 * HOUR).readings()) {
      var name = new SeriesName("pump-2/" + one.series().point());
      readings.add(new GoldenReading(name, one.timeMicros(), one.value(), one.quality()));
    }
    return History.of(readings);
  }

  private static void assertProves(Fitted fitted, History history, Path folder, int vectors)
      throws Exception {
    BundleWriter.write(folder, fitted, history);
    try (OpenBundle open = OpenBundle.open(folder, TestRuntime.get())) {
      Bundle bundle = open.bundle();
      GoldenReport report = open.prove();
      assertTrue(report.passed(), report::toString);
      assertEquals(vectors, report.vectors());
      assertTrue(report.rows() >= 15 * vectors, report::toString);
      assertEquals("pump", bundle.manifest().name());
    }
  }
}
