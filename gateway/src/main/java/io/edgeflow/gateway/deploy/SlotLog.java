package io.edgeflow.gateway.deploy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How the work at slots is noted and told. One thread. */
final class SlotLog {
  private final Ledger ledger;
  private final DeployEvents events;
  private final Runnable wake;

  /**
   * @param wake has the agent look again
   */
  SlotLog(Ledger ledger, DeployEvents events, Runnable wake) {
    this.ledger = ledger;
    this.events = events;
    this.wake = wake;
  }

  /** Why it is not to be brought here; empty if it is. */
  Optional<String> refusal(SlotRecord record) {
    AgentState state = ledger.state();
    String pin = state.pinned().get(record.slot());
    return pin != null ? Optional.of("the slot is pinned " + pin) : ledger.against(record.digest());
  }

  /** Whether models of this name must not score. */
  boolean isDisabled(String model) {
    return ledger.state().disabled().contains(model);
  }

  long floor(SlotRecord record, String model) {
    return ledger.state().floor(record, model);
  }

  SlotRecord at(SlotRecord record, Step step) throws IOException {
    return write(record.at(step, "", ledger.now()));
  }

  void end(SlotRecord record, Step step, String why) throws IOException {
    var _ = write(record.at(step, why, ledger.now()));
  }

  /** From now on its digest is refused, until somebody forgives it. */
  void refuse(SlotRecord record, Step step, String why) throws IOException {
    SlotRecord next = record.at(step, why, ledger.now());
    write(next, ledger.state().slot(next).deny(record.digest(), why));
  }

  /** It did well. */
  void proven(SlotRecord record, String why) throws IOException {
    SlotRecord next = record.proven(why, ledger.now());
    write(next, ledger.state().slot(next).raiseFloor(next.target().model(), next.number()));
    survived(next);
  }

  SlotRecord write(SlotRecord next) throws IOException {
    return write(next, ledger.state().slot(next));
  }

  private SlotRecord write(SlotRecord next, AgentState state) throws IOException {
    SlotRecord before = ledger.state().slots().get(next.slot());
    ledger.write(state);
    events.step(before, next);
    wake.run();
    return next;
  }

  Optional<String> begin(SlotRecord record) throws IOException {
    return ledger.begin(record);
  }

  void survived(SlotRecord record) throws IOException {
    if (!record.target().isConfigured()) {
      ledger.survived(record);
    }
  }

  void withdraw(SlotRecord record) throws IOException {
    ledger.withdraw(record.slot());
  }

  int deaths(SlotRecord record) {
    return ledger.deaths(record);
  }

  void wakeAfter(CompletableFuture<?> outcome) {
    var _ = outcome.whenComplete((_, _) -> wake.run());
  }
}
