package io.edgeflow.lab.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Plays drills from an empty folder to a verdict. */
final class Drills {
  private Drills() {}

  /**
   * Plays one drill and ends every process it started, whatever happens.
   *
   * @param home an empty folder
   * @throws InterruptedException if this thread was told to end; everything is closed then
   */
  static DrillResult play(Drill drill, Path home, long seed, Consumer<String> progress)
      throws InterruptedException {
    long begun = System.nanoTime();
    Played played = null;
    Verdict verdict = null;
    String ended = "";
    try (Stage stage = Stage.open(home, drill.settings(), seed, progress)) {
      try {
        played = drill.play(stage);
        verdict = Judge.judge(stage, played);
      } finally {
        // An interrupt ends the drill, not the closing of what it started.
        if (Thread.interrupted()) {
          progress.accept("interrupted: ending what was started");
        }
      }
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      ended = failure.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new DrillResult(drill.name(), seed, took, played, verdict, ended);
  }
}
