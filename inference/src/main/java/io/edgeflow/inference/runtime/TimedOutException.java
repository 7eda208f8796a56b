package io.edgeflow.inference.runtime;

/** No scores within the model's time-out. */
public final class TimedOutException extends ScoringException {
  public TimedOutException(String message) {
    super(message, null);
  }
}
