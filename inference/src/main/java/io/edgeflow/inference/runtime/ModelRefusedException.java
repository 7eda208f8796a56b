package io.edgeflow.inference.runtime;

import org.jspecify.annotations.Nullable;

/** A graph that is not taken; the message says what was expected and what it really has. */
public final class ModelRefusedException extends Exception {
  public ModelRefusedException(String message) {
    this(message, null);
  }

  public ModelRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
