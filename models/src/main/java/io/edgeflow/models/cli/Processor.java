package io.edgeflow.models.cli;

import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.runtime.ThreadBudget;
import java.util.List;

/** The runtime of the commands: on the processor, which every machine has and answers alike. */
final class Processor {
  private Processor() {}

  static ScoringRuntime open() throws RuntimeUnavailableException {
    return ScoringRuntime.open(
        RuntimeSettings.defaults()
            .with(ThreadBudget.halfTheCores(), List.of(ExecutionProvider.CPU)));
  }
}
