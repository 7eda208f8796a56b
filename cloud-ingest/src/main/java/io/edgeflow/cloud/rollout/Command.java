package io.edgeflow.cloud.rollout;

/**
 * What a person asks of a rollout.
 *
 * @param who for the history
 * @param why for the history
 */
public record Command(Verb verb, String who, String why) {
  public enum Verb {
    START,
    /** No more edges begin; those that began go on. */
    PAUSE,
    /** On with the wave; failures so far are accepted, and its time starts anew. */
    RESUME,
    /** No more edges begin; those that do not run it yet go back, the others keep it. */
    ABORT,
    /** Every edge goes back, at once. */
    UNDO
  }
}
