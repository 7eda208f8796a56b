package io.edgeflow.inference.runtime;

import java.io.IOException;
import java.nio.file.Path;
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

  /** Rows of {@code x}, scores of the same length as {@code y}. */
  public static ModelSpec spec(int rowLength, ModelLimits limits) {
    return new ModelSpec("x", List.of(rowLength), "y", rowLength, limits);
  }

  public static ModelSpec spec(int rowLength) {
    return spec(rowLength, ModelLimits.DEFAULT);
  }

  public static Scorer load(Path directory, byte[] graph, ModelSpec spec)
      throws IOException, ModelRefusedException {
    return get().load(TestGraphs.write(directory, "model", graph), spec);
  }
}
