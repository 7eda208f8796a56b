package io.edgeflow.models;

import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.runtime.ThreadBudget;
import java.util.List;

/** One runtime on the processor for all tests of this process. */
public final class TestRuntime {
  private static final class Holder {
    static final ScoringRuntime RUNTIME = open();

    private static ScoringRuntime open() {
      try {
        return ScoringRuntime.open(
            RuntimeSettings.defaults()
                .with(ThreadBudget.halfTheCores(), List.of(ExecutionProvider.CPU)));
      } catch (RuntimeUnavailableException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private TestRuntime() {}

  public static ScoringRuntime get() {
    return Holder.RUNTIME;
  }
}
