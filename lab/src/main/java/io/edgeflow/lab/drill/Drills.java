package io.edgeflow.lab.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Plays drills from an empty folder to a verdict. */
final class Drills {
  private Drills() {}

  /** Plays a drill with its own settings. */
  static DrillResult play(Drill drill, Path home, long seed, Consumer<String> progress)
      throws InterruptedException {
    return play(drill, List.of(), home, seed, progress);
  }

  /**
   * Plays one drill and ends every process it started, whatever happens.
   *
   * @param gatewaySettings {@code key=value}, over the drill's own
   * @param home an empty folder
   * @throws InterruptedException if this thread was told to end; everything is closed then
   */
  static DrillResult play(
      Drill drill, List<String> gatewaySettings, Path home, long seed, Consumer<String> progress)
      throws InterruptedException {
    long begun = System.nanoTime();
    Played played = null;
    Verdict verdict = null;
    String ended = "";
    try (Stage stage = Stage.open(home, drill.settings().and(gatewaySettings), seed, progress)) {
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
