package io.edgeflow.gateway.scoring;

/** What became of a command. */
public sealed interface ModelOutcome {
  /**
   * @param what happened, for people
   */
  record Done(String what) implements ModelOutcome {}

  /** Everything is as it was. */
  record Refused(String why) implements ModelOutcome {}

  /** There is no such slot. */
  record Unknown() implements ModelOutcome {}
}
