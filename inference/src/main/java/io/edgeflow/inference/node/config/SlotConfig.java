package io.edgeflow.inference.node.config;

import io.edgeflow.inference.scoring.ScoreNames;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.nio.file.Path;

/**
 * A slot: a place for a model whose scores become readings.
 *
 * @param slot part of the scores' names
 * @param bundle the folder of the model that serves
 * @param process where the model runs
 */
public record SlotConfig(String slot, Path bundle, @Default("inside") Placement process) {
  /** Where a model runs. */
  public enum Placement {
    /** In the node: the quickest; a model that crashes takes it along. */
    INSIDE,
    /** In a process of its own. */
    CHILD
  }

  public SlotConfig {
    new Check()
        .that(
            ScoreNames.isSlot(slot),
            "slot",
            "must be 1 to 32 of a-z 0-9 _ -, a letter or digit first")
        .orRefuse();
  }
}
