package io.edgeflow.inference.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.slot.Change;
import io.edgeflow.inference.slot.SlotState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From readings to scores through whole bundles and real graphs. */
@Timeout(120)
final class SlotScorerTest {
  private static final long SECOND = 1_000_000;
  private static final String WINDOW_OF_3 =
      "{\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 3}";

  @TempDir Path directory;
  private final Told told = new Told();
  private final SlotScorer slot = new SlotScorer("wear", told);
  private final Scoring scoring = new Scoring(List.of(slot));
  private TestBundles bundles;

  @BeforeEach
  void begin() {
    bundles = new TestBundles(directory);
  }

  @AfterEach
  void end() {
    slot.close();
  }

  private void read(String series, long second, double value) {
    scoring.accept(series, second * SECOND, value, Quality.GOOD);
  }

  private void serve(ScoredModel model) {
    assertInstanceOf(Change.Prepared.class, slot.prepare(model));
    assertInstanceOf(Change.Switched.class, slot.promote());
  }

  @Test
  void scoresEachDeviceWithTimeQualityAndModel() throws Exception {
    ScoredModel model = bundles.plus(10);
    read("pump-1/flow", 1, 5);
    serve(model);
    read("pump-1/flow", 2, 6);
    scoring.accept("pump-2/flow", 3 * SECOND, 7, Quality.UNCERTAIN);
    read("pump-2/pressure", 3, 8);
    scoring.flush();

    assertEquals(List.of("pump-1/wear.score 2 16.0", "pump-2/wear.score 3 17.0"), told.lines());
    assertEquals(Quality.UNCERTAIN, told.scores().get(1).quality());
    assertEquals(model.identity(), told.scores().get(1).by().model());
    assertEquals(64, model.identity().digest().length());
    assertEquals(List.of("wear 10"), told.active());
    assertEquals(2, slot.figures().scored());
    assertEquals(1, slot.figures().times().calls(), "both rows in one call");
    assertEquals(2, told.rows());
  }

  @Test
  void namesEachOfSeveralOutputsAndEachSeriesThatIsScoredOnItsOwn() throws Exception {
    String golden =
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "w", "subject": "a/b",
          "readings": ["a/b,1000000,1", "a/b,2000000,2", "a/b,3000000,3"],
          "expected": [{"time": 3000000, "scores": [2, 3, 4]}]}]}
        """;
    Path folder =
        bundles.write(
            "window", 1, WINDOW_OF_3, "\"low\", \"mid\", \"high\"", TestGraphs.plus(3, 1), golden);
    serve(bundles.good(folder));
    for (int second = 1; second <= 3; second++) {
      read("pump-1/flow/in", second, second);
    }
    scoring.flush();

    assertEquals(
        List.of(
            "pump-1/flow/in/wear.low 3 2.0",
            "pump-1/flow/in/wear.mid 3 3.0",
            "pump-1/flow/in/wear.high 3 4.0"),
        told.lines());
  }

  /** Whoever gives each message another name takes no more memory, and stops nobody. */
  @Test
  void remembersOnlySoManySeries() throws Exception {
    serve(bundles.plus(10));
    var few = new Scoring(List.of(slot), 2);
    few.accept("pump-1/flow", SECOND, 1, Quality.GOOD);
    few.accept("pump-2/flow", SECOND, 2, Quality.GOOD);
    for (int i = 3; i < 50; i++) {
      few.accept("pump-" + i + "/flow", SECOND, i, Quality.GOOD);
    }
    few.accept("pump-2/flow", 2 * SECOND, 3, Quality.GOOD);
    few.flush();
    assertEquals(
        List.of("pump-1/wear.score 1 11.0", "pump-2/wear.score 1 12.0", "pump-2/wear.score 2 13.0"),
        told.lines());
  }

  /** Its pattern fits every series, its own scores too. */
  @Test
  void neverScoresScores() throws Exception {
    String golden =
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "w", "subject": "a/b",
          "readings": ["a/b,1000000,2"], "expected": [{"time": 1000000, "scores": [3]}]}]}
        """;
    String all = "{\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 1}";
    serve(bundles.good(bundles.write("all", 1, all, "\"score\"", TestGraphs.plus(1, 1), golden)));
    var other = new SlotScorer("other", told);
    try (other) {
      var both = new Scoring(List.of(slot, other));
      both.accept("pump-1/flow", SECOND, 1, Quality.GOOD);
      both.flush();
      for (Told.One score : told.scores()) {
        both.accept(score.series(), score.timeMicros(), score.value(), score.quality());
      }
      both.accept("pump-1/other.score", SECOND, 9, Quality.GOOD);
      both.accept("pump-1/third.score", SECOND, 9, Quality.GOOD);
      both.flush();
    }
    assertEquals(
        List.of("pump-1/flow/wear.score 1 2.0", "pump-1/third.score/wear.score 1 10.0"),
        told.lines());
  }

  @Test
  void theNextModelGoesOnWithTheVeryRow() throws Exception {
    serve(window(0));
    for (int second = 1; second <= 10; second++) {
      read("pump-1/flow", second, second);
    }
    assertInstanceOf(Change.Prepared.class, slot.prepare(window(100)));
    read("pump-1/flow", 11, 11);
    assertInstanceOf(Change.Switched.class, slot.promote());
    read("pump-1/flow", 12, 12);
    read("pump-1/flow", 13, 13);
    assertInstanceOf(Change.Switched.class, slot.back());
    read("pump-1/flow", 14, 14);
    scoring.flush();

    List<String> first = told.lines().stream().filter(line -> line.contains("wear.a")).toList();
    assertEquals(
        List.of(
            "3 1.0",
            "4 2.0",
            "5 3.0",
            "6 4.0",
            "7 5.0",
            "8 6.0",
            "9 7.0",
            "10 8.0",
            "11 9.0",
            "12 110.0",
            "13 111.0",
            "14 12.0"),
        first.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList());
    assertEquals(List.of("wear 0", "wear 100", "wear 0"), told.active());
  }

  private ScoredModel window(int version) throws Exception {
    String golden =
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "w", "subject": "a/b",
          "readings": ["a/b,1000000,0", "a/b,2000000,0", "a/b,3000000,0"],
          "expected": [{"time": 3000000, "scores": [%1$d, %1$d, %1$d]}]}]}
        """
            .formatted(version);
    String outputs = "\"a\", \"b\", \"c\"";
    return bundles.good(
        bundles.write("w", version, WINDOW_OF_3, outputs, TestGraphs.plus(3, version), golden));
  }

  @Test
  void comparesInTheShadowAndEmitsNothingOfIt() throws Exception {
    serve(bundles.plus(1));
    slot.prepare(bundles.plus(4));
    assertInstanceOf(Change.Shadowed.class, slot.shadow());
    for (int second = 1; second <= 20; second++) {
      read("pump-1/flow", second, second);
      scoring.flush();
    }
    long end = System.nanoTime() + 30_000_000_000L;
    while (compared() < 20 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    var shadow = (SlotState.Shadowing) slot.figures().state().candidate();
    assertEquals(20, shadow.report().compared());
    assertEquals(3, shadow.report().meanDifference(), 1e-6);
    assertEquals(20, told.scores().size());
    assertTrue(told.scores().stream().allMatch(one -> one.by().model().version().equals("1")));
  }

  private long compared() {
    return ((SlotState.Shadowing) slot.figures().state().candidate()).report().compared();
  }

  @Test
  void rowsWithoutANumberHaveNoScoreAndTheOthersDo() throws Exception {
    String golden =
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "root", "subject": "pump-0",
          "readings": ["pump-0/flow,1000000,4"], "expected": [{"time": 1000000, "scores": [2]}]}]}
        """;
    serve(
        bundles.good(
            bundles.write("root", 1, TestBundles.FLOW, "\"s\"", TestGraphs.root(1), golden)));
    read("pump-1/flow", 1, 9);
    read("pump-1/flow", 2, -1);
    read("pump-1/flow", 3, 16);
    scoring.flush();

    assertEquals(List.of("pump-1/wear.score 1 3.0", "pump-1/wear.score 3 4.0"), told.lines());
    assertEquals(1, told.failures().size(), told.failures()::toString);
    assertEquals(1, slot.figures().errors());
    assertEquals(2, slot.figures().scored());
    ServiceFigures service = slot.figures().service();
    assertEquals(3, service.rows());
    assertEquals(1, service.nans());
    assertEquals(0, service.errors());
  }

  @Test
  void aModelThatDoesNotProveItselfLeavesTheOldOneInService() throws Exception {
    serve(bundles.plus(1));
    Path wrong =
        bundles.write(
            "wrong",
            2,
            TestBundles.FLOW,
            "\"score\"",
            TestGraphs.plus(1, 2),
            TestBundles.golden(77));
    Change change = slot.prepare(bundles.good(wrong));
    assertTrue(((Change.Refused) change).why().contains("deviations"), change::toString);
    assertInstanceOf(Change.Refused.class, slot.promote());
    read("pump-1/flow", 1, 1);
    scoring.flush();
    assertEquals(List.of("pump-1/wear.score 1 2.0"), told.lines());
  }

  @Test
  void refusesAGraphThatChangedSinceItWasRead() throws Exception {
    ScoredModel model = bundles.plus(3);
    Files.write(directory.resolve("plus-3/model.onnx"), TestGraphs.plus(1, 4));
    Change change = slot.prepare(model);
    assertTrue(((Change.Refused) change).why().contains("has changed"), change::toString);
  }

  @Test
  void refusesWhatIsNoBundle() throws Exception {
    Path folder = bundles.plus(3).bundle().folder();
    Files.writeString(folder.resolve("golden.json"), "{}");
    assertInstanceOf(ModelRead.Refused.class, bundles.read(folder));
    assertInstanceOf(ModelRead.Refused.class, bundles.read(directory.resolve("absent")));
  }

  /** Each reading has one score, by the model that it names, whenever the models change. */
  @Test
  void changesUnderLoadLoseAndRepeatNothing() throws Exception {
    serve(bundles.plus(0));
    var changing = new AtomicBoolean(true);
    Thread changer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int version = 1; version <= 40; version++) {
                      serve(bundles.plus(version * 1_000));
                      if (version % 3 == 0) {
                        slot.back();
                      } else {
                        slot.settle();
                      }
                    }
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  } finally {
                    changing.set(false);
                  }
                });
    int readings = 0;
    while (changing.get() || readings < 1_000) {
      read("pump-" + readings % 7 + "/flow", 1 + readings / 7, readings % 100);
      readings++;
      if (readings % 5 == 0) {
        scoring.flush();
      }
      if (readings % 200 == 0) {
        Thread.sleep(1);
      }
    }
    changer.join();
    scoring.flush();

    assertEquals(41 + 13, told.active().size());
    Set<String> seen = new HashSet<>();
    List<Told.One> scores = told.scores();
    for (int i = 0; i < scores.size(); i++) {
      Told.One one = scores.get(i);
      assertTrue(seen.add(one.series() + one.timeMicros()), () -> "twice: " + one);
      assertEquals(i % 100 + Integer.parseInt(one.by().model().version()), one.value(), "row " + i);
    }
    assertEquals(readings, scores.size());
    assertEquals(List.of(), told.failures());
  }
}
