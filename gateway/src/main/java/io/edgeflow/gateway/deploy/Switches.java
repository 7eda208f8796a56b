package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.RolloutPanel;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.SlotView;
import io.edgeflow.inference.slot.ModelIdentity;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Disables slots whose model must not score, and enables those again that it disabled itself. One
 * thread.
 */
final class Switches {
  private static final Said CLOUD = new Said("the cloud", "the model is disabled");

  private final RolloutPanel models;
  private final Ledger ledger;
  private final Runnable wake;
  private final Map<String, Asked> asked = new HashMap<>();

  private record Asked(ModelCommand command, CompletableFuture<ModelOutcome> outcome) {}

  Switches(RolloutPanel models, Ledger ledger, Runnable wake) {
    this.models = models;
    this.ledger = ledger;
    this.wake = wake;
  }

  void step(String slot) throws IOException {
    Asked last = asked.get(slot);
    if (last != null && !last.outcome().isDone()) {
      return;
    }
    Optional<SlotView> view = models.view(slot);
    if (view.isEmpty() || !view.get().settled()) {
      return;
    }
    AgentState state = ledger.state();
    String model = view.get().serving().map(ModelIdentity::name).orElse("");
    String offFor = state.switchedOff().get(slot);
    if (state.disabled().contains(model)) {
      ledger.write(state.switchOff(slot, model));
      ask(slot, new ModelCommand.Disable());
    } else if (offFor != null && !state.disabled().contains(offFor)) {
      enable(slot, view.get());
    }
  }

  /** Asks once, whatever came of the disabling before; what comes of it is not asked again. */
  private void enable(String slot, SlotView now) throws IOException {
    Asked last = asked.get(slot);
    boolean tried = last != null && last.command() instanceof ModelCommand.Enable;
    if (now.disabled() && !tried) {
      ask(slot, new ModelCommand.Enable());
    } else {
      asked.remove(slot);
      ledger.write(ledger.state().switchedOn(slot));
    }
  }

  private void ask(String slot, ModelCommand command) {
    CompletableFuture<ModelOutcome> outcome = models.ask(slot, command, CLOUD).outcome();
    asked.put(slot, new Asked(command, outcome));
    var _ = outcome.whenComplete((_, _) -> wake.run());
  }
}
