package io.edgeflow.inference.runtime;

import ai.djl.engine.Engine;
import java.util.Optional;

/**
 * Whether files that TensorRT compiled can be run here. DJL's engine for them is not among our
 * libraries: its last release, 0.33, is for x86-64 and TensorRT 8. Where somebody put it beside
 * them it is tried once, when the first model asks, and what it cannot do disturbs nothing else.
 */
public final class TensorRtEngine {
  static final String NAME = "TensorRT";

  private TensorRtEngine() {}

  private static final class Holder {
    static final Optional<String> REFUSAL = tried(NAME);
  }

  /** Why there is none; empty if there is. Up to seconds, the first time. */
  public static Optional<String> refusal() {
    return Holder.REFUSAL;
  }

  static Optional<String> tried(String name) {
    if (!Engine.hasEngine(name)) {
      return Optional.of("DJL's engine " + name + " is not among the libraries");
    }
    try {
      Engine.getEngine(name).newBaseManager().close();
      return Optional.empty();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return Optional.of("DJL's engine " + name + " does not start here: " + root(e));
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
