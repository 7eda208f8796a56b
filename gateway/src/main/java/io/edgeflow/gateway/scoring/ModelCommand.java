package io.edgeflow.gateway.scoring;

import java.nio.file.Path;
import java.util.Locale;

/** What may be asked of a slot. A person says it, or a rollout. */
public sealed interface ModelCommand {
  /** Loads a bundle beside the model that serves, and lets it prove itself. */
  record Prepare(Path bundle) implements ModelCommand {}

  /** Lets the candidate score what the serving model scores; it is only compared. */
  record Shadow() implements ModelCommand {}

  /** From the next reading on, the candidate serves. */
  record Promote() implements ModelCommand {}

  /** From the next reading on, the model before serves again. */
  record Back() implements ModelCommand {}

  /**
   * From the next reading on, what the configuration names serves, or nothing if it names none.
   * Whatever comes of it, the model that served does no longer.
   */
  record Reset() implements ModelCommand {}

  /** Drops the candidate. */
  record Discard() implements ModelCommand {}

  /** No model scores until it is enabled again, also after a restart. */
  record Disable() implements ModelCommand {}

  /** The model that was chosen last scores again. */
  record Enable() implements ModelCommand {}

  /** As it is asked for. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
