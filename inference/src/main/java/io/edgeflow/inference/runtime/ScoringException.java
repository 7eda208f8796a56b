package io.edgeflow.inference.runtime;

import org.jspecify.annotations.Nullable;

/** A call that gave no usable scores, or not for every row. */
public abstract sealed class ScoringException extends Exception
    permits RunFailedException, NonFiniteScoresException, TimedOutException, OutOfServiceException {
  ScoringException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
