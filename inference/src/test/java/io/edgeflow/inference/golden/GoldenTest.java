package io.edgeflow.inference.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.Deviation.Place;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldenTest {
  private static final long SECOND_ONE = 1_763_672_401_000_000L;
  private static final long SECOND_TWO = 1_763_672_402_000_000L;
  private static final String NAME = "vibration one scale above normal, then a failed sensor";
  private static final Place FIRST = new Place(NAME, SECOND_ONE);

  private String page = "";
  private Manifest manifest = manifest("");
  private Parameters parameters = Parameters.none(manifest);
  private Golden golden = new Golden(1, "m", List.of(anyVector()));

  @TempDir private Path home;

  @BeforeEach
  void examplesOfThePage() throws IOException {
    page = Files.readString(Path.of(System.getProperty("edgeflow.home"), "docs/models.md"));
    manifest = good(BundleDocuments.manifest(bytes(block("manifest"))));
    parameters = good(BundleDocuments.parameters(bytes(block("parameters")), manifest));
    golden = good(GoldenReader.read(bytes(block("golden")), manifest));
  }

  @Test
  void holdsTheExampleOfThePage() {
    GoldenReport report = check(1, GoldenTest::meanSquare);
    assertTrue(report.passed(), report::toString);
    assertEquals(1, report.rows());
    assertEquals(golden, good(GoldenReader.read(bytes(GoldenReader.text(golden)), manifest)));
  }

  @Test
  void namesPlaceExpectedAndGotOfAWrongScore() {
    assertEquals(
        List.of(
            new Deviation.WrongScore(
                FIRST, "score", 0.25, 0.5, golden.vectors().getFirst().allowed(0.25, 1))),
        check(1, row -> new float[] {0.5f, 0.01f}).deviations());
  }

  @Test
  void allowsWhatTheToleranceAndTheVariantAllow() {
    float near = 0.25f + 0.00001f;
    float off = 0.25f + 0.00005f;
    assertTrue(check(1, row -> new float[] {near, 0.01f}).passed());
    assertEquals(1, check(1, row -> new float[] {off, 0.01f}).deviations().size());
    assertTrue(check(10, row -> new float[] {off, 0.01f}).passed());
  }

  @Test
  void neverTakesWhatIsNoNumberForAScore() {
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      List<Deviation> found =
          check(Double.POSITIVE_INFINITY, row -> new float[] {none, none}).deviations();
      assertEquals(2, found.size(), () -> none + ": " + found);
      assertInstanceOf(Deviation.WrongScore.class, found.getFirst());
    }
  }

  @Test
  void reportsAModelThatFailsOrAnswersAnotherLength() {
    assertEquals(
        List.of(new Deviation.WrongLength(FIRST, 2, 3)),
        check(1, row -> new float[3]).deviations());
    assertEquals(
        List.of(new Deviation.WrongLength(FIRST, 2, 0)),
        check(1, row -> new float[0]).deviations());
    assertEquals(
        List.of(new Deviation.Failed(FIRST, "java.io.IOException: broken")),
        check(
                1,
                row -> {
                  throw new IOException("broken");
                })
            .deviations());
  }

  @Test
  void staysInterruptedWhenTheModelWas() {
    GoldenReport report =
        check(
            1,
            row -> {
              throw new InterruptedException();
            });
    assertTrue(Thread.interrupted());
    assertEquals(List.of(new Deviation.Failed(FIRST, "interrupted")), report.deviations());
  }

  @Test
  void noticesWhenPreparationMakesOtherRows() {
    GoldenVector vector = golden.vectors().getFirst();
    assertEquals(
        List.of(new Deviation.UnexpectedRow(FIRST)),
        checkExpecting(vector, List.of(vector.expected().getLast())));
    assertEquals(
        List.of(
            new Deviation.NoRow(new Place(NAME, SECOND_TWO), Optional.of(Withheld.BAD_QUALITY)),
            new Deviation.NoRow(new Place(NAME, SECOND_TWO + 500_000), Optional.empty())),
        checkExpecting(
            vector,
            List.of(vector.expected().getFirst(), score(SECOND_TWO), score(SECOND_TWO + 500_000))));
    assertEquals(
        List.of(
            new Deviation.UnexpectedRow(FIRST),
            new Deviation.WrongReason(
                new Place(NAME, SECOND_TWO), Withheld.GAP, Optional.of(Withheld.BAD_QUALITY))),
        checkExpecting(
            vector,
            List.of(withheld(SECOND_ONE, Withheld.GAP), withheld(SECOND_TWO, Withheld.GAP))));
    assertEquals(
        List.of(new Deviation.WrongQuality(FIRST, Quality.GOOD, Quality.UNCERTAIN)),
        checkExpecting(
            vector,
            List.of(
                new Expectation(SECOND_ONE, List.of(0.25, 0.01), Quality.GOOD, Optional.empty()))));
  }

  @Test
  void looksOnlyAtWhatIsListedIfThatIsSaid() {
    GoldenVector vector = golden.vectors().getFirst();
    var listed =
        new GoldenVector(
            NAME,
            "pump-7",
            vector.readings(),
            List.of(vector.expected().getLast()),
            false,
            1e-5,
            1e-5);
    var only = new Golden(1, golden.model(), List.of(vector, listed));
    assertTrue(checker(1).check(only, GoldenTest::meanSquare).passed());
  }

  @Test
  void usesTheParametersOfTheBundle() {
    var other =
        new Parameters(
            1,
            manifest.name(),
            "2",
            parameters.normalisation().reversed(),
            parameters.thresholds(),
            parameters.devices());
    GoldenReport report =
        new GoldenChecker(manifest, other, 1).check(golden, GoldenTest::meanSquare);
    assertInstanceOf(Deviation.WrongScore.class, report.deviations().getFirst());
    assertTrue(report.toString().startsWith("1 golden vectors, 1 rows: 1 deviations\n  " + NAME));
  }

  @Test
  void refusesVectorsThatProveNothingOrAreOfAnotherModel() {
    String text = block("golden");
    assertEquals(List.of("model"), paths(text.replace("pump-cavitation", "other")));
    assertEquals(List.of("vectors[0].expected[0].scores"), paths(text.replace(", 0.01]", "]")));
    assertEquals(List.of("vectors[0].readings"), paths(text.replace("\"pump-7\"", "\"pump-8\"")));
    assertEquals(
        List.of("vectors[0].expected[0].scores[0]"), paths(text.replace("0.25", "\"NaN\"")));
    assertEquals(
        List.of("vectors[0].readings[0]"),
        paths(text.replace("hall/temperature,1763672400100000", "hall/temperature;17")));
    assertEquals(
        List.of("vectors[0].expected[1].scores"),
        paths(text.replace(", \"withheld\": \"bad_quality\"", "")));
    assertEquals(
        List.of("vectors[0].expected"),
        paths(text.replace("\"time\": 1763672402000000", "\"time\": 1")));
    assertEquals(
        List.of("vectors"),
        paths(
            text.replace(
                "\"scores\": [0.25, 0.01], \"quality\": \"uncertain\"", "\"withheld\": \"gap\"")));
    assertEquals(List.of("vectors"), paths("{\"schema\":1,\"model\":\"m\",\"vectors\":[]}"));
  }

  @Test
  void recordsVectorsThatTheModelPasses() throws Exception {
    Manifest window =
        manifest(
            "\"resampling\": {\"method\": \"last\", \"period\": \"1s\"}, \"gap\": {\"maxGap\":"
                + " \"5s\"}");
    Parameters none = Parameters.none(window);
    List<GoldenReading> readings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // With a silence, a repeated stamp and a failure.
      long time = SECOND_ONE + (i < 30 ? i : i == 30 ? 29 : i + 10) * 400_000L;
      readings.add(
          new GoldenReading(
              new SeriesName("pump-1/a"), time, Math.sin(i), i == 50 ? Quality.BAD : Quality.GOOD));
    }
    GoldenVector vector =
        new GoldenRecorder(window, none)
            .record("sine", "pump-1", readings, GoldenTest::sum, 1e-6, 0);
    assertTrue(vector.expected().stream().anyMatch(one -> one.withheld().isPresent()));
    assertTrue(vector.expected().stream().filter(one -> one.withheld().isEmpty()).count() > 10);
    Golden recorded = new Golden(1, "m", List.of(vector));
    Golden read = good(GoldenReader.read(bytes(GoldenReader.text(recorded)), window));
    assertEquals(recorded, read);
    assertTrue(new GoldenChecker(window, none, 1).check(read, GoldenTest::sum).passed());
    GoldenReport off =
        new GoldenChecker(window, none, 1).check(read, row -> new float[] {sum(row)[0] + 0.001f});
    assertEquals(off.rows(), off.deviations().size());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new GoldenRecorder(window, none)
                .record("nan", "pump-1", readings, row -> new float[] {Float.NaN}, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new GoldenRecorder(window, none)
                .record("other", "pump-2", readings, GoldenTest::sum, 0, 0));
  }

  @Test
  void readsThoseOfABundleAndNoOthers() throws IOException {
    Files.writeString(home.resolve("manifest.json"), block("manifest"));
    Files.writeString(home.resolve("parameters.json"), block("parameters"));
    Files.writeString(home.resolve("golden.json"), block("golden"));
    Files.writeString(home.resolve("model.onnx"), "weights");
    Files.writeString(home.resolve("model-fp16.onnx"), "fewer weights");
    var reader = new BundleReader(BundleLimits.STANDARD);
    Bundle bundle = assertInstanceOf(BundleRead.Good.class, reader.read(home)).bundle();
    assertEquals(new GoldenRead.Good(golden), GoldenReader.read(bundle, reader));
    Files.writeString(home.resolve("golden.json"), block("golden").replace("0.25", "0.5"));
    assertEquals(
        new GoldenRead.Refused(new BundleRefusal.Unreadable("golden.json", "has changed")),
        GoldenReader.read(bundle, reader));
    Files.writeString(home.resolve("golden.json"), "{}");
    Bundle empty = assertInstanceOf(BundleRead.Good.class, reader.read(home)).bundle();
    assertInstanceOf(
        BundleRefusal.Faulty.class,
        assertInstanceOf(GoldenRead.Refused.class, GoldenReader.read(empty, reader)).refusal());
  }

  @Test
  void answersDamageWithAValueAndNeverRunsAway() {
    byte[] whole = bytes(block("golden"));
    Seeded.run(
        1_500,
        random -> {
          byte[] bytes = whole.clone();
          for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] =
                (byte) "0123456789,.-\"".charAt(random.nextInt(14));
          }
          byte[] cut =
              random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
          switch (GoldenReader.read(cut, manifest)) {
            case Document.Good<Golden>(Golden read) ->
                checker(1).check(read, GoldenTest::meanSquare);
            case Document.Faulty<Golden> faulty -> assertTrue(!faulty.faults().isEmpty());
          }
        });
  }

  @Test
  void givesUpOnReadingsThatWereMadeToTakeTime() {
    Manifest fine =
        manifest(
            "\"resampling\": {\"method\": \"last\", \"period\": \"1ms\"}, \"gap\": {\"maxGap\":"
                + " \"4s\"}");
    List<GoldenReading> readings = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      readings.add(new GoldenReading(new SeriesName("pump-1/a"), i * 3_999_000L, i, Quality.GOOD));
    }
    var all = new GoldenVector("all", "pump-1", readings, List.of(oneScore(4_000)), true, 0, 0);
    var listed =
        new GoldenVector(
            "listed", "pump-1", readings, List.of(oneScore(Long.MAX_VALUE)), false, 0, 0);
    var checker = new GoldenChecker(fine, Parameters.none(fine), 1);
    GoldenReport report = checker.check(new Golden(1, "m", List.of(all)), GoldenTest::sum);
    assertInstanceOf(Deviation.TooMany.class, report.deviations().getFirst());
    assertTrue(report.more() > 10_000, report::toString);
    assertEquals(
        List.of(new Deviation.NoRow(new Place("listed", Long.MAX_VALUE), Optional.empty())),
        checker.check(new Golden(1, "m", List.of(listed)), GoldenTest::sum).deviations());
  }

  private GoldenReport check(double factor, ScoreFunction model) {
    return checker(factor).check(golden, model);
  }

  private List<Deviation> checkExpecting(GoldenVector vector, List<Expectation> expected) {
    var other =
        new GoldenVector(NAME, vector.subject(), vector.readings(), expected, true, 1e-5, 1e-5);
    // A set of vectors must hold a score somewhere.
    var scored = new Golden(1, golden.model(), List.of(vector, other));
    return checker(1).check(scored, GoldenTest::meanSquare).deviations();
  }

  private GoldenChecker checker(double factor) {
    return new GoldenChecker(manifest, parameters, factor);
  }

  private static Expectation oneScore(long time) {
    return new Expectation(time, List.of(0.0), Quality.GOOD, Optional.empty());
  }

  private static Expectation score(long time) {
    return new Expectation(time, List.of(0.25, 0.01), Quality.GOOD, Optional.empty());
  }

  private static Expectation withheld(long time, Withheld why) {
    return new Expectation(time, List.of(), Quality.GOOD, Optional.of(why));
  }

  private static float[] meanSquare(float[] row) {
    float sum = 0;
    for (float value : row) {
      sum += value * value;
    }
    return new float[] {sum / row.length, 0.01f};
  }

  private static float[] sum(float[] row) {
    float sum = 0;
    for (float value : row) {
      sum += value;
    }
    return new float[] {sum};
  }

  private static GoldenVector anyVector() {
    return new GoldenVector(
        "any",
        "pump-1",
        List.of(GoldenReading.parse("pump-1/a,1,1")),
        List.of(new Expectation(1, List.of(1.0), Quality.GOOD, Optional.empty())),
        true,
        0,
        0);
  }

  private static Manifest manifest(String preparation) {
    return good(
        BundleDocuments.manifest(
            bytes(
                """
                {"schema": 1, "name": "m", "version": "1", "outputs": [{"name": "score"}],
                 "input": {"kind": "sliding-window", "series": "{device}/a", "length": 4},
                 "preparation": {%s}}
                """
                    .formatted(preparation))));
  }

  private List<String> paths(String json) {
    return GoldenReader.read(bytes(json), manifest) instanceof Document.Faulty<Golden>(var faults)
        ? faults.stream().map(Fault::path).toList()
        : List.of();
  }

  private String block(String mark) {
    int start = page.indexOf("```json\n", page.indexOf("<!-- " + mark + " -->")) + 8;
    return page.substring(start, page.indexOf("```", start));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T good(Document<T> document) {
    return switch (document) {
      case Document.Good<T>(T value) -> value;
      case Document.Faulty<T> faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }
}
