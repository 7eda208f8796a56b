package io.edgeflow.gateway.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.IntakeQueue;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real models behind a real intake. */
@Timeout(300)
final class GatewayScoringTest {
  private static final GatewayScoring.Pace PACE =
      new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1));

  /** A product that takes seconds takes minutes where others work as well. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path temp;

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  private final IntakeQueue intake = new IntakeQueue(64, 1 << 20, () -> {});
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<PolledValue> scores = new ArrayList<>();

  private GatewayScoring start(ScoringConfig... slots) {
    ScoringLog log =
        (severity, type, message, detail) ->
            events.add(type + " " + detail.get("slot") + " " + detail.getOrDefault("name", ""));
    return GatewayScoring.start(
        List.of(slots),
        new GatewayScoring.Ground(temp.resolve("models"), intake, meters, log, () -> 0),
        PACE);
  }

  private static ScoringConfig slot(String name, Path bundle) {
    return new ScoringConfig(name, bundle, Placement.INSIDE, Optional.empty());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within " + PATIENCE);
      Thread.sleep(5);
    }
  }

  private void awaitScores(int count) throws InterruptedException {
    await(
        () -> {
          List<Submission> submissions = new ArrayList<>();
          intake.drain(submissions, 64, 1 << 20);
          submissions.forEach(one -> scores.addAll(one.polledValues()));
          return scores.size() >= count;
        });
  }

  private static String state(GatewayScoring scoring, int slot) {
    return scoring.models().get(slot).state();
  }

  private static boolean isFailing(Status.Model model, long errors) {
    return model.errors() == errors && model.state().equals("failing");
  }

  private static void read(GatewayScoring scoring, long second, double flow) {
    scoring.accepted("pump-7/flow", second * 1_000_000, flow, null, Quality.GOOD);
  }

  @Test
  void aBadModelIsToldAndStopsNoOther() throws Exception {
    try (var scoring =
        start(
            slot("wrong", TestBundle.plus(temp.resolve("a"), "liar", 1, 77)),
            slot("absent", temp.resolve("nowhere")),
            slot("root", TestBundle.root(temp.resolve("b"), "root")),
            slot("good", TestBundle.plus(temp.resolve("c"), "plus", 10, 14)))) {
      // Told after it serves: only then nothing comes between.
      await(() -> events.contains("model-active good plus"));
      assertEquals("refused", state(scoring, 0));
      assertTrue(scoring.models().get(0).detail().contains("deviations"));
      assertEquals("refused", state(scoring, 1));
      for (int second = 1; second <= 20; second++) {
        read(scoring, second, -second);
      }
      scoring.accepted("pump-7/flow", 21_000_000, Double.NaN, "a text", Quality.GOOD);
      awaitScores(20);
      await(() -> isFailing(scoring.models().get(2), 20));
      assertEquals(0, scoring.models().get(2).scored());
      read(scoring, 30, 9);
      awaitScores(22);
      assertEquals("serving", state(scoring, 2));
    }
    assertEquals(
        List.of(
            "model-refused wrong liar",
            "model-refused absent ",
            "model-active root root",
            "model-active good plus",
            "model-failing root root"),
        events);
    PolledValue first = scores.getFirst();
    assertEquals("pump-7/good.score", first.series());
    assertEquals(9, first.value());
    assertEquals(1_000_000, first.stampMicros());
    assertTrue(scores.contains(new PolledValue("pump-7/root.score", 3, Quality.GOOD, 30_000_000)));
    assertEquals(1, meters.find("edgeflow.inference").tag("model", "plus").timers().size());
  }

  /** A call that hangs costs its own slot scores, and no other slot a moment. */
  @Test
  void aModelThatHangsHoldsUpNoOther() throws Exception {
    try (var scoring =
        start(
            slot("wide", TestBundle.wide(temp.resolve("a"), "wide")),
            slot("heavy", TestBundle.heavy(temp.resolve("b"), "heavy", "1500ms")),
            slot("good", TestBundle.plus(temp.resolve("c"), "plus", 10, 14)))) {
      await(() -> state(scoring, 2).equals("serving"));
      assertEquals("refused", state(scoring, 0));
      read(scoring, 1, 2_000);
      awaitScores(1);
      assertEquals("pump-7/good.score", scores.getFirst().series());
      assertEquals(0, scoring.models().get(1).errors(), "the other call is still on its way");
      await(() -> events.contains("model-failing heavy heavy"));
      await(() -> events.contains("model-hangs heavy "));
      for (int second = 2; second <= 20; second++) {
        read(scoring, second, second);
      }
      awaitScores(20);
      await(() -> scoring.models().get(1).errors() == 20);
      await(() -> events.contains("model-returned heavy "));
    }
    assertTrue(events.contains("model-refused wide wide"));
  }

  /** R2: what two starts did not survive is not tried by the third. */
  @Test
  void aModelThatKilledTheProcessTwiceIsNotTriedAgain() throws Exception {
    Path deadly = TestBundle.plus(temp.resolve("a"), "deadly", 1, 5);
    var read = new BundleReader(BundleLimits.STANDARD).read(deadly);
    Bundle bundle = ((BundleRead.Good) read).bundle();
    Path note =
        Files.createDirectories(temp.resolve("models/attempts"))
            .resolve(bundle.digest().hex() + ".attempts");
    Files.writeString(note, "deaths 1 trying\n");
    try (var scoring =
        start(
            slot("one", deadly), slot("two", TestBundle.plus(temp.resolve("b"), "plus", 10, 14)))) {
      await(() -> state(scoring, 1).equals("serving"));
      assertEquals("refused", state(scoring, 0));
      assertTrue(scoring.models().getFirst().detail().contains("2 times"));
      await(() -> !hasTries());
    }
    assertEquals(List.of("model-refused one deadly", "model-active two plus"), events);
    assertEquals("deaths 2\n", Files.readString(note));
  }

  /** Power that comes and goes ends the process in the first seconds of a good model, too. */
  @Test
  void aModelThatDidWellBeforeIsTriedAgainWhenItHasRested() throws Exception {
    Path good = TestBundle.plus(temp.resolve("a"), "good", 1, 5);
    var read = new BundleReader(BundleLimits.STANDARD).read(good);
    String digest = ((BundleRead.Good) read).bundle().digest().hex();
    Path note =
        Files.createDirectories(temp.resolve("models/attempts")).resolve(digest + ".attempts");
    Files.writeString(note, "deaths 10 trying survived\n");
    try (var scoring = start(slot("one", good))) {
      await(() -> state(scoring, 0).equals("serving"));
      assertEquals(Duration.ZERO, scoring.rest(digest));
      await(() -> !hasTries());
    }
    assertEquals("deaths 0 survived\n", Files.readString(note));
  }

  private boolean hasTries() {
    try (var files = Files.list(temp.resolve("models/attempts"))) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains("trying")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aShadowIsComparedAndWritesNothing() throws Exception {
    var config =
        new ScoringConfig(
            "wear",
            TestBundle.plus(temp.resolve("a"), "old", 1, 5),
            Placement.INSIDE,
            Optional.of(TestBundle.plus(temp.resolve("b"), "new", 2, 6)));
    try (var scoring = start(config)) {
      await(() -> scoring.models().getFirst().shadow().startsWith("new 1 "));
      read(scoring, 1, 1);
      read(scoring, 2, 2);
      awaitScores(2);
    }
    assertEquals(
        List.of("model-active wear old", "model-prepared wear new", "model-shadow wear new"),
        events);
    assertEquals(List.of(2.0, 3.0), scores.stream().map(PolledValue::value).toList());
  }

  @Test
  void scoresInAProcessOfItsOwn() throws Exception {
    Path bundle = TestBundle.plus(temp.resolve("a"), "plus", 10, 14);
    var config = new ScoringConfig("far", bundle, Placement.CHILD, Optional.empty());
    try (var scoring = start(config)) {
      await(() -> state(scoring, 0).equals("serving"));
      read(scoring, 1, 1);
      awaitScores(1);
      assertEquals(11, scores.getFirst().value());
    }
  }
}
