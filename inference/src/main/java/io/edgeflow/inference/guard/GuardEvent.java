package io.edgeflow.inference.guard;

import java.time.Duration;

/** What a person should know of a model. */
public sealed interface GuardEvent {
  String model();

  /** It failed so often that it is not called for a while. */
  record Opened(String model, String cause) implements GuardEvent {}

  /** The call after a while succeeded, so it is in service again. */
  record Recovered(String model) implements GuardEvent {}

  /**
   * A call does not end and cannot be ended. The model is out of service for as long as this
   * process lives; its thread is lost.
   *
   * @param lost threads so far
   */
  record Abandoned(String model, int lost) implements GuardEvent {}

  /** A call that was given up has ended after all; its thread and memory are free. */
  record Returned(String model) implements GuardEvent {}

  /** Its process is gone. */
  record ChildDied(String model, String cause, Duration restartIn) implements GuardEvent {}

  /** Its process is there again. */
  record ChildRestarted(String model, long pid) implements GuardEvent {}
}
