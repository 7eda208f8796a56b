package io.edgeflow.inference.slot;

/** What is in a slot at one moment. */
public sealed interface SlotState {
  /** What is loaded beside the serving model. */
  sealed interface Candidate {}

  /** Nothing. */
  record NoCandidate() implements Candidate {}

  /** It gave what it should. */
  record Proven(ModelIdentity model) implements Candidate {}

  /** It scores the same rows. */
  record Shadowing(ModelIdentity model, ComparisonReport report) implements Candidate {}

  /** What {@link Slot#back} would return to. */
  sealed interface Fallback {}

  /** The serving model is the first one. */
  record NoFallback() implements Fallback {}

  /** Loaded: back is at once. */
  record Loaded(ModelIdentity model) implements Fallback {}

  /** Closed: back loads it first. */
  record Closed(ModelIdentity model) implements Fallback {}

  Candidate candidate();

  Fallback fallback();

  /** Rows get no score. */
  record Empty(Candidate candidate, Fallback fallback) implements SlotState {}

  record Serving(ModelIdentity model, Candidate candidate, Fallback fallback)
      implements SlotState {}
}
