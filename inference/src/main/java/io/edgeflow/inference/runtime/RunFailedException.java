package io.edgeflow.inference.runtime;

import org.jspecify.annotations.Nullable;

/** The graph could not be run on these rows, or was interrupted. */
public final class RunFailedException extends ScoringException {
  public RunFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
