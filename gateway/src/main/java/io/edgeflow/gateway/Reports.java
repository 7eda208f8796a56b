package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cloud which models run here and how they do: when one changes its state, though not
 * more often than every few seconds, and the figures of those that run once a minute. How far a
 * rollout is, it tells at once, and what is seen of it every few seconds. Any thread.
 */
final class Reports {
  private static final long FIGURES_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long CHANGES_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String edge;
  private final Supplier<List<Status.Model>> models;
  private final Supplier<Optional<Deployment>> deployment;
  private final LongSupplier presentMicros;
  private final LongSupplier nanos;
  private final List<Consumer<byte[]>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable List<ReportedModel> told;
  private Optional<Deployment> toldDeployment = Optional.empty();
  private byte[] last = {};
  private long toldNanos;

  Reports(
      String edge,
      Supplier<List<Status.Model>> models,
      Supplier<Optional<Deployment>> deployment,
      LongSupplier presentMicros,
      LongSupplier nanos,
      Consumer<byte[]> uplink) {
    this.edge = edge;
    this.models = models;
    this.deployment = deployment;
    this.presentMicros = presentMicros;
    this.nanos = nanos;
    listeners.add(uplink);
  }

  /**
   * Has another one hear what is reported, the last report first.
   *
   * @param listener must not block
   */
  synchronized void also(Consumer<byte[]> listener) {
    listeners.add(listener);
    if (last.length > 0) {
      listener.accept(last);
    }
  }

  /** Blocks for nothing. */
  synchronized void tick() {
    List<ReportedModel> now = models.get().stream().map(Reports::model).toList();
    Optional<Deployment> rollouts = deployment.get();
    long sinceNanos = nanos.getAsLong() - toldNanos;
    boolean further = !rollouts.equals(toldDeployment) && sinceNanos >= CHANGES_NANOS;
    if (further || isDue(now, sinceNanos)) {
      tell(now, rollouts);
    }
  }

  /** A rollout got further: that is told now. */
  synchronized void now() {
    tell(models.get().stream().map(Reports::model).toList(), deployment.get());
  }

  private void tell(List<ReportedModel> now, Optional<Deployment> rollouts) {
    told = now;
    toldDeployment = rollouts;
    toldNanos = nanos.getAsLong();
    String software = "edgeflow/" + BuildInfo.version();
    byte[] report =
        new Reported(edge, Reported.VERSION, presentMicros.getAsLong(), software, now, 0, rollouts)
            .toBytes();
    last = report;
    listeners.forEach(listener -> listener.accept(report));
  }

  private boolean isDue(List<ReportedModel> now, long sinceNanos) {
    List<ReportedModel> before = told;
    if (before == null) {
      return true;
    }
    boolean turned =
        !before.stream()
            .map(Reports::state)
            .toList()
            .equals(now.stream().map(Reports::state).toList());
    return turned ? sinceNanos >= CHANGES_NANOS : !now.isEmpty() && sinceNanos >= FIGURES_NANOS;
  }

  private static ReportedModel model(Status.Model model) {
    return new ReportedModel(
        model.slot(),
        model.node(),
        model.name(),
        model.version(),
        model.digest(),
        model.provider(),
        model.state(),
        model.detail(),
        model.shadow(),
        model.scored(),
        model.errors(),
        model.dropped(),
        time(model.p50Micros()),
        time(model.p99Micros()));
  }

  /** Before the first call there is none. */
  private static double time(double micros) {
    return Double.isFinite(micros) ? Math.max(0, micros) : 0;
  }

  /** What may change at any moment; figures always do. */
  private static List<String> state(ReportedModel model) {
    return List.of(
        String.join("/", model.node(), model.slot(), model.name(), model.version(), model.digest()),
        String.join("/", model.provider(), model.state(), model.shadow(), model.detail()));
  }
}
