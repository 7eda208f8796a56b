package io.edgeflow.gateway.config;

import io.edgeflow.inference.scoring.ScoreNames;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A slot: a place for a model whose scores become readings. {@code docs/models.md} explains it.
 *
 * @param slot part of the scores' names
 * @param bundle the folder of the model that serves until another one is chosen; absent: none until
 *     a person or a rollout brings one
 * @param process where models run
 * @param shadow the folder of a model that scores beside it and is only compared
 */
public record ScoringConfig(
    String slot,
    Optional<Path> bundle,
    @Default("inside") Placement process,
    Optional<Path> shadow) {
  /** Where a model runs. */
  public enum Placement {
    /** In the gateway: the quickest; a model that crashes takes it along. */
    INSIDE,
    /** In a process of its own. */
    CHILD
  }

  public ScoringConfig {
    new Check()
        .that(
            ScoreNames.isSlot(slot),
            "slot",
            "must be 1 to 32 of a-z 0-9 _ -, a letter or digit first")
        .that(
            shadow.isEmpty() || !shadow.equals(bundle),
            "shadow",
            "must be another folder than bundle")
        .orRefuse();
  }

  /** One that has a model from the start. */
  public ScoringConfig(String slot, Path bundle, Placement process, Optional<Path> shadow) {
    this(slot, Optional.of(bundle), process, shadow);
  }
}
