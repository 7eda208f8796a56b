package io.edgeflow.gateway.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a model does to its process, with processes that really die. */
@Timeout(180)
final class ContainmentTest {
  @TempDir Path temp;

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  /** R2, and a change that a death cuts off: in the end a model serves that has proved itself. */
  @Test
  void aModelOfWhichTheProcessDiesIsTriedTwiceAndTheOneBeforeServes() throws Exception {
    Path good = TestBundle.plus(temp.resolve("good"), "good", 10, 14);
    Path deadly = TestBundle.plus(temp.resolve("deadly"), MortalGateway.DEADLY, 20, 24);
    assertEquals(
        List.of("model-active good", "model-prepared deadly", "model-active deadly"),
        MortalGateway.run(temp, Placement.INSIDE, good, deadly));
    assertEquals(List.of("model-active deadly"), MortalGateway.run(temp, Placement.INSIDE, good));
    assertEquals(
        List.of("model-refused deadly", "model-active good", "score 11.0", "runtime true"),
        MortalGateway.run(temp, Placement.INSIDE, good));
  }

  /** The memory of the runtime, and whatever crashes in it, belongs to the children. */
  @Test
  void aGatewayWhoseModelsAreInChildrenNeverLoadsTheRuntime() throws Exception {
    Path good = TestBundle.plus(temp.resolve("good"), "good", 10, 14);
    Path next = TestBundle.plus(temp.resolve("next"), "next", 20, 24);
    assertEquals(
        List.of(
            "model-active good",
            "model-prepared next",
            "model-active next",
            "score 21.0",
            "runtime false"),
        MortalGateway.run(temp, Placement.CHILD, good, next));
  }

  @Test
  void aChildThatDiesInACallTakesNothingAlongAndComesBack() throws Exception {
    var rig = new ScoringRig(temp.resolve("models"));
    var pace = new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1));
    var far =
        new ScoringConfig(
            "far",
            TestBundle.heavy(temp.resolve("heavy"), "heavy", "30s"),
            Placement.CHILD,
            Optional.empty());
    var near =
        new ScoringConfig(
            "near",
            TestBundle.plus(temp.resolve("plus"), "plus", 10, 14),
            Placement.INSIDE,
            Optional.empty());
    try (GatewayScoring scoring = rig.start(pace, far, near)) {
      rig.await(() -> scoring.models().get(1).state().equals("serving"));
      assertEquals(2_010, rig.score(scoring, "near", 2_000), "while the other one is in a call");
      child().destroyForcibly();
      rig.await(() -> is(scoring.models().getFirst(), "failing", 0, 1));
      assertTrue(scoring.models().getFirst().detail().contains("signal 9"));
      rig.await(() -> rig.events().contains("model-restarted  "));
      rig.read(scoring, 3);
      rig.await(() -> is(scoring.models().getFirst(), "serving", 1, 1));
      rig.await(() -> rig.scores() == 3);
    }
    assertTrue(rig.events().contains("model-died  "), () -> rig.events().toString());
  }

  private static boolean is(Status.Model model, String state, long scored, long errors) {
    return model.state().equals(state) && model.scored() == scored && model.errors() == errors;
  }

  private ProcessHandle child() {
    return ProcessHandle.current()
        .children()
        .filter(
            child ->
                child
                    .info()
                    .commandLine()
                    .filter(line -> line.contains(temp.toString()))
                    .isPresent())
        .findAny()
        .orElseThrow();
  }
}
