package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.inference.scoring.SlotFigures;
import io.edgeflow.inference.slot.ModelIdentity;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of one slot as meters. Any thread. */
final class SlotMeters {
  private static final List<String> STATES =
      List.of("waiting", "loading", "serving", "failing", "refused", "failed", "disabled");

  private final MeterRegistry registry;
  private final SlotPart slot;
  private final Supplier<Status.Model> status;
  private final Supplier<String> provider;
  private @Nullable Gauge info;

  SlotMeters(
      MeterRegistry registry,
      SlotPart slot,
      Supplier<Status.Model> status,
      Supplier<String> provider) {
    this.registry = registry;
    this.slot = slot;
    this.status = status;
    this.provider = provider;
    rows("scored", SlotFigures::scored);
    rows("failed", SlotFigures::errors);
    rows("withheld", SlotFigures::withheld);
    FunctionCounter.builder("edgeflow.model.dropped.readings", slot, one -> one.queue().dropped())
        .description("Readings that a slot did not see, because it was behind.")
        .tag("slot", name())
        .register(registry);
    for (String state : STATES) {
      Gauge.builder("edgeflow.model.state", this, meters -> meters.is(state))
          .description("1 for the state that a slot is in.")
          .tags("slot", name(), "state", state)
          .strongReference(true)
          .register(registry);
    }
  }

  private String name() {
    return slot.config().slot();
  }

  private void rows(String outcome, ToDoubleFunction<SlotFigures> count) {
    FunctionCounter.builder(
            "edgeflow.model.rows", slot, one -> count.applyAsDouble(one.scorer().figures()))
        .description("Rows that a slot scored, or why it did not.")
        .tags("slot", name(), "outcome", outcome)
        .register(registry);
  }

  private double is(String state) {
    return status.get().state().equals(state) ? 1 : 0;
  }

  /** Another model serves, or none. */
  synchronized void serves(Optional<ModelIdentity> model) {
    Gauge old = info;
    if (old != null) {
      registry.remove(old);
    }
    info = model.map(this::info).orElse(null);
  }

  private Gauge info(ModelIdentity model) {
    return Gauge.builder("edgeflow.model.info", () -> 1)
        .description("Which model serves in a slot.")
        .tags(
            "slot", name(),
            "model", model.name(),
            "version", model.version(),
            "digest", model.digest(),
            "provider", provider.get())
        .strongReference(true)
        .register(registry);
  }
}
