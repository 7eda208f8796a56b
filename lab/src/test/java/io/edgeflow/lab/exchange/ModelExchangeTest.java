package io.edgeflow.lab.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.ScoringRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small {@code drill models}, and whether it would see what it looks for. */
@Timeout(180)
final class ModelExchangeTest {
  @TempDir Path temp;

  /** The first one in a process says where the libraries are, and the folder goes. */
  @BeforeAll
  static void openRuntime() throws Exception {
    ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(Path.of("target/runtime")));
  }

  @Test
  void everyReadingHasOneScoreOfTheModelThatServed() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    ModelExchange.Report report = ModelExchange.play(20, seed, temp, line -> {});
    assertEquals(List.of(), report.faults(), "seed " + seed);
    assertTrue(report.changes() >= 20);
    assertEquals(report.readings(), report.scores());
  }

  @Test
  void theWatchSeesWhatIsMissingTwiceOrSomebodyElses() {
    var watch = new RowWatch(0);
    watch.active(1);
    reads(watch, 0, 1, 2, 3);
    scores(watch, 0, 1);
    watch.active(2);
    scores(watch, 1, 2);
    scores(watch, 1, 2);
    scores(watch, 3, 1);
    List<String> faults = watch.faults();
    assertEquals(
        List.of(
            "reading 1 is scored twice, by 2 and 2",
            "reading 2 has no score",
            "score 3 was given by version 1, the events say 2"),
        faults);
  }

  private static void reads(RowWatch watch, int... indexes) {
    for (int index : indexes) {
      watch.accepted(
          RowWatch.FLOW, watch.timeMicros(index), RowWatch.value(index), null, Quality.GOOD);
    }
  }

  private static void scores(RowWatch watch, int index, int version) {
    watch.offered(1);
    watch.accepted(
        "pump-7/wear.score",
        watch.timeMicros(index),
        RowWatch.value(index) + version,
        null,
        Quality.GOOD);
  }
}
