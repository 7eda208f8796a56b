package io.edgeflow.inference.slot;

import java.util.Optional;

/** What came of asking a slot for a change. */
public sealed interface Change {
  /** A model is loaded beside the serving one, and has proved itself. */
  record Prepared(ModelIdentity model) implements Change {}

  /** A model scores in the shadow of the serving one. */
  record Shadowed(ModelIdentity model) implements Change {}

  /**
   * From the next row on, another model serves.
   *
   * @param from empty if none did
   * @param to empty if none does
   * @param report of the shadow, if it had one
   */
  record Switched(
      Optional<ModelIdentity> from, Optional<ModelIdentity> to, Optional<ComparisonReport> report)
      implements Change {}

  /** A model that did not serve is closed when its last call returns. */
  record Dropped(ModelIdentity model, Optional<ComparisonReport> report) implements Change {}

  /** Everything is as it was. */
  record Refused(String why) implements Change {}
}
