package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.ChildFrames.Failed;
import io.edgeflow.inference.guard.ChildFrames.Found;
import io.edgeflow.inference.guard.ChildFrames.Probe;
import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.ProviderAttempt;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ThreadBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What does the arithmetic in child processes. This process loads nothing native, so that what
 * crashes in the search for a provider, or takes memory for good, is a child.
 *
 * @param attempts what was tried, in order, the chosen one last
 */
public record ChildRuntime(
    ExecutionProvider provider, List<ProviderAttempt> attempts, ThreadBudget threads) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  public ChildRuntime {
    attempts = List.copyOf(attempts);
  }

  /**
   * Lets a child try the providers, and ends it. Takes a second or two.
   *
   * @param directory for that child alone
   * @throws RuntimeUnavailableException if none works there, or the child dies of the search
   */
  public static ChildRuntime find(Path directory, ThreadBudget threads)
      throws RuntimeUnavailableException {
    var settings = ChildSettings.in(directory, ExecutionProvider.CPU, threads);
    try {
      ChildProcess child = ChildProcess.start(ChildMain.class, settings);
      try {
        return find(child, threads);
      } finally {
        child.end();
        ChildProcess.delete(directory.resolve("tmp"));
      }
    } catch (IOException e) {
      throw new RuntimeUnavailableException("a child process found no provider: " + e, e);
    }
  }

  private static ChildRuntime find(ChildProcess child, ThreadBudget threads)
      throws IOException, RuntimeUnavailableException {
    Executor late = CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(() -> child.kill("it found no provider in time"), late);
    try {
      return switch (child.ask(new Probe(threads.perCall()))) {
        case Found found ->
            new ChildRuntime(
                ExecutionProvider.valueOf(found.provider()), found.attempts(), threads);
        case Failed failed ->
            throw new RuntimeUnavailableException("in a child process: " + failed.why(), null);
        default -> throw new IOException("it answered nonsense");
      };
    } finally {
      end.cancel(false);
    }
  }

  /**
   * Loads a model in a child: some 100 MiB more, and a copy of rows and scores.
   *
   * @param directory for this model alone
   * @param events told on any thread; must not block
   */
  public BreakerScorer load(
      String model,
      Path graph,
      ModelSpec spec,
      Path directory,
      BreakerSettings breaker,
      Consumer<GuardEvent> events)
      throws IOException, ModelRefusedException {
    var settings = ChildSettings.in(directory, provider, threads);
    ChildScorer scorer = ChildScorer.open(model, graph, spec, settings, events);
    return new BreakerScorer(model, scorer, breaker, System::nanoTime, events);
  }
}
