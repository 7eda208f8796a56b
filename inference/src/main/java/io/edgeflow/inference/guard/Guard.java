package io.edgeflow.inference.guard;

import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Loads models so that a bad one harms nothing but itself. Thread-safe. */
public final class Guard {
  private final ScoringRuntime runtime;
  private final GuardSettings settings;
  private final ModelThreads threads;
  private final Consumer<GuardEvent> events;

  /**
   * @param threads of all guards of this process
   * @param events told on any thread; must not block
   */
  public Guard(
      ScoringRuntime runtime,
      GuardSettings settings,
      ModelThreads threads,
      Consumer<GuardEvent> events) {
    this.runtime = runtime;
    this.settings = settings;
    this.threads = threads;
    this.events = events;
  }

  /** On a thread of its own in this process: what crashes the runtime takes the process along. */
  public BreakerScorer inProcess(String model, Path graph, ModelSpec spec)
      throws IOException, ModelRefusedException {
    Scorer scorer =
        ThreadScorer.open(model, () -> runtime.load(graph, spec), settings, threads, events);
    return new BreakerScorer(model, scorer, settings.breaker(), System::nanoTime, events);
  }

  /**
   * In a child process: some 100 MiB more, and a copy of rows and scores.
   *
   * @param directory for this model alone
   */
  public BreakerScorer inChild(String model, Path graph, ModelSpec spec, Path directory)
      throws IOException, ModelRefusedException {
    return new ChildRuntime(runtime.provider(), runtime.attempts(), runtime.threads())
        .load(model, graph, spec, directory, settings.breaker(), events);
  }
}
