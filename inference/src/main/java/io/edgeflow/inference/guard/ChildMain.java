package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.ChildFrames.Found;
import io.edgeflow.inference.guard.ChildFrames.Load;
import io.edgeflow.inference.guard.ChildFrames.Probe;
import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.runtime.ThreadBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process that holds one model, for a parent that it must not take along when it dies. */
final class ChildMain implements ChildServer.Loader {
  private @Nullable ScoringRuntime runtime;

  private ChildMain() {}

  public static void main(String[] args) {
    ChildServer.serve(new ChildMain());
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void prepare(Load request) throws RuntimeUnavailableException {
    runtime =
        ScoringRuntime.open(
            RuntimeSettings.defaults()
                .with(
                    new ThreadBudget(request.threads()),
                    List.of(ExecutionProvider.valueOf(request.provider()))));
  }

  @Override
  public Found find(Probe request) throws RuntimeUnavailableException {
    RuntimeSettings defaults = RuntimeSettings.defaults();
    ScoringRuntime open =
        ScoringRuntime.open(
            defaults.with(new ThreadBudget(request.threads()), defaults.providers()));
    return new Found(open.provider().name(), open.attempts());
  }

  @Override
  public Scorer load(Load request) throws IOException, ModelRefusedException {
    return Objects.requireNonNull(runtime).load(Path.of(request.graph()), request.spec());
  }
}
