package io.edgeflow.cloud.rollout;

import java.util.Locale;

/** Where a rollout as a whole is. Waves count from 0. */
public sealed interface Phase {
  /** Nobody started it yet. */
  record Draft() implements Phase {}

  /**
   * It was started and has changed nothing yet.
   *
   * @param behind the rollout over the same edges and slot that must end first; empty where there
   *     is none
   */
  record Queued(String behind) implements Phase {}

  /**
   * @param wave -1 while it waits for the first of its edges to be heard
   */
  record Running(int wave) implements Phase {}

  /**
   * No more edges begin; those that began go on, and are still watched.
   *
   * @param wave -1 if it has changed nothing yet
   */
  record Paused(int wave, String why) implements Phase {}

  /** Edges go back to what they ran. */
  record RollingBack(Cause cause, String why) implements Phase {}

  /** Every wave passed. */
  record Done() implements Phase {}

  /** Every edge that can be heard is back. */
  record RolledBack(String why) implements Phase {}

  /** Edges that it had reached kept it; the others are as they were. */
  record Aborted(String why) implements Phase {}

  /** Why edges go back. */
  enum Cause {
    FAILURE,
    /** Only those go back that do not run it yet. */
    ABORT,
    UNDO
  }

  default boolean ended() {
    return this instanceof Done || this instanceof RolledBack || this instanceof Aborted;
  }

  /** Whether it may change edges, so that others over the same ones must wait. */
  default boolean live() {
    return !ended() && !(this instanceof Draft);
  }

  /** For people, and in documents: {@code rolling-back}. */
  default String word() {
    return getClass().getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
