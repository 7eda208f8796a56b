package io.edgeflow.inference.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * @param providers those to be tried, in this order
 * @param engineCache where TensorRT keeps what it compiled, which else takes minutes at each start
 * @param libraries where the runtime's own libraries are unpacked, once; empty: into a temporary
 *     folder at each start
 */
public record RuntimeSettings(
    ThreadBudget threads,
    List<ExecutionProvider> providers,
    Optional<Path> engineCache,
    Optional<Path> libraries) {
  public RuntimeSettings {
    providers = List.copyOf(providers);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("no provider to try");
    }
  }

  public static RuntimeSettings defaults() {
    return new RuntimeSettings(
        ThreadBudget.halfTheCores(),
        List.of(ExecutionProvider.values()),
        Optional.empty(),
        Optional.empty());
  }

  public RuntimeSettings with(ThreadBudget budget, List<ExecutionProvider> order) {
    return new RuntimeSettings(budget, order, engineCache, libraries);
  }

  /** All that is kept from one start to the next, in one folder. */
  public RuntimeSettings keepingIn(Path folder) {
    return new RuntimeSettings(
        threads,
        providers,
        Optional.of(folder.resolve("engines")),
        Optional.of(folder.resolve("libraries")));
  }
}
