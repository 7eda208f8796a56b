package io.edgeflow.inference.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * @param providers those to be tried, in this order
 * @param engineCache where TensorRT keeps what it compiled, which else takes minutes at each start
 */
public record RuntimeSettings(
    ThreadBudget threads, List<ExecutionProvider> providers, Optional<Path> engineCache) {
  public RuntimeSettings {
    providers = List.copyOf(providers);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("no provider to try");
    }
  }

  public static RuntimeSettings defaults() {
    return new RuntimeSettings(
        ThreadBudget.halfTheCores(), List.of(ExecutionProvider.values()), Optional.empty());
  }
}
