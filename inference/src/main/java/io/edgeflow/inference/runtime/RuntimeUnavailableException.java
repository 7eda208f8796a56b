package io.edgeflow.inference.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** This machine can run no graph at all. */
public final class RuntimeUnavailableException extends Exception {
  public RuntimeUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static RuntimeUnavailableException of(List<ProviderAttempt> attempts) {
    return new RuntimeUnavailableException("no provider runs a graph here: " + attempts, null);
  }
}
