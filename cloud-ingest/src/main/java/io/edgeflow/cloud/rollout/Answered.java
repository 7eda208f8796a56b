package io.edgeflow.cloud.rollout;

/** What became of a {@link Command}. */
public sealed interface Answered {
  /** Orders follow from the next step, which may be taken at once. */
  record Changed(RolloutState state, Note note) implements Answered {}

  /**
   * @param why for the one who asked
   */
  record Refused(String why) implements Answered {}
}
