package io.edgeflow.models.pump;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.models.TestRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/models.md says of the recipes, by the same command's seed and fewer days. */
final class QualityTest {
  private static final long SEED = 7;

  @Test
  void recipesFindFaultsThatTheyHaveNotSeen(@TempDir Path folder) throws Exception {
    var trial = new QualityTrial(TestRuntime.get(), folder, SEED, 2, 2);
    Quality univariate = trial.univariate();
    Quality pca = trial.pca();
    String said = "seed " + SEED + "\nunivariate " + univariate + "\npca " + pca;
    assertTrue(univariate.recall() >= 0.85, said);
    assertTrue(univariate.precision() >= 0.9, said);
    assertTrue(univariate.falseAlarmsPerDay() <= 1, said);
    assertTrue(pca.recall(Fault.Kind.CAVITATION) >= 0.9, said);
    assertTrue(pca.recall(Fault.Kind.DRIFT) >= 0.6, said);
    assertTrue(pca.precision() >= 0.9, said);
    assertTrue(pca.falseAlarmsPerDay() <= 1, said);
  }

  /** Fitted to a day, counted on the next one. */
  @Test
  void theWaveformSaysMoreThanItsStrength(@TempDir Path folder) throws Exception {
    var trial = new VibrationTrial(TestRuntime.get(), folder.resolve("bundle"), SEED, 24, 1);
    VibrationTrial.Measured measured = trial.run();
    String said = "seed " + SEED + "\n" + measured;
    Quality waveform = measured.waveform();
    assertTrue(waveform.recall() >= 0.85, said);
    assertTrue(waveform.precision() >= 0.85, said);
    assertTrue(waveform.falseAlarmsPerDay() <= 1, said);
    assertTrue(waveform.recall() >= measured.rms().recall() + 0.2, said);
  }
}
