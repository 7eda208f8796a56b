package io.edgeflow.inference.runtime;

/** The model was not called, because it failed before. */
public final class OutOfServiceException extends ScoringException {
  public OutOfServiceException(String message) {
    super(message, null);
  }
}
