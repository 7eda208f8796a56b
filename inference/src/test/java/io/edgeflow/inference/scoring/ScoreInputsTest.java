package io.edgeflow.inference.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreInputsTest {
  private static final Input WINDOW = new Input.SlidingWindow(new Selector("*/flow"), 8, 1);
  private static final List<Selector> SERIES =
      List.of(new Selector("{device}/flow"), new Selector("hall/temperature"));

  @Test
  void aWindowReadsItsSubject() {
    assertEquals(List.of("pump-7/flow"), ScoreInputs.of("pump-7/flow/wear.score", "wear", WINDOW));
  }

  @Test
  void aVectorReadsItsDeviceAndWhatAllShare() {
    List<String> read = List.of("pump-7/flow", "hall/temperature");
    assertEquals(read, ScoreInputs.of("pump-7/wear.score", "wear", new Input.LatestVector(SERIES)));
    var minutes = new Input.MinuteFeatures(SERIES, List.of(Input.Statistic.MEAN), 1, 1);
    assertEquals(read, ScoreInputs.of("pump-7/wear.left", "wear", minutes));
  }

  @Test
  void whatIsNoScoreOfTheSlotWasMeasured() {
    assertEquals(List.of(), ScoreInputs.of("pump-7/flow", "wear", WINDOW));
    assertEquals(List.of(), ScoreInputs.of("pump-7/flow/other.score", "wear", WINDOW));
  }
}
