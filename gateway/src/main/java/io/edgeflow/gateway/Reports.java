package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.EdgeHealth;
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
 * Tells the cloud which models run here, how they do and how the edge itself is: when a state
 * changes, though not more often than every few seconds, and the figures once a minute. How far a
 * rollout is, it tells at once, and what is seen of it every few seconds. Any thread.
 */
final class Reports {
  private static final long FIGURES_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long CHANGES_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String edge;
  private final Supplier<List<Status.Model>> models;
  private final Supplier<Optional<Deployment>> deployment;
  private final Supplier<Optional<EdgeHealth>> health;
  private final LongSupplier presentMicros;
  private final LongSupplier nanos;
  private final List<Consumer<byte[]>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable List<ReportedModel> told;
  private Optional<Deployment> toldDeployment = Optional.empty();
  private Optional<EdgeHealth> toldHealth = Optional.empty();
  private byte[] last = {};
  private long toldNanos;

  Reports(
      String edge,
      Supplier<List<Status.Model>> models,
      Supplier<Optional<Deployment>> deployment,
      Supplier<Optional<EdgeHealth>> health,
      LongSupplier presentMicros,
      LongSupplier nanos,
      Consumer<byte[]> uplink) {
    this.edge = edge;
    this.models = models;
    this.deployment = deployment;
    this.health = health;
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
    Optional<EdgeHealth> edge = health.get();
    if (further || isDue(now, edge, sinceNanos)) {
      tell(now, rollouts, edge);
    }
  }

  /** A rollout got further: that is told now. */
  synchronized void now() {
    tell(models.get().stream().map(Reports::model).toList(), deployment.get(), health.get());
  }

  private void tell(
      List<ReportedModel> now, Optional<Deployment> rollouts, Optional<EdgeHealth> howItIs) {
    told = now;
    toldDeployment = rollouts;
    toldHealth = howItIs;
    toldNanos = nanos.getAsLong();
    String software = "edgeflow/" + BuildInfo.version();
    byte[] report =
        new Reported(
                edge,
                Reported.VERSION,
                presentMicros.getAsLong(),
                software,
                now,
                0,
                rollouts,
                howItIs)
            .toBytes();
    last = report;
    listeners.forEach(listener -> listener.accept(report));
  }

  private boolean isDue(List<ReportedModel> now, Optional<EdgeHealth> howItIs, long sinceNanos) {
    List<ReportedModel> before = told;
    if (before == null) {
      return true;
    }
    boolean turned =
        !states(before).equals(states(now))
            || !toldHealth.map(Reports::state).equals(howItIs.map(Reports::state));
    boolean figures = !now.isEmpty() || howItIs.isPresent();
    return turned ? sinceNanos >= CHANGES_NANOS : figures && sinceNanos >= FIGURES_NANOS;
  }

  private static List<List<String>> states(List<ReportedModel> models) {
    return models.stream().map(Reports::state).toList();
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

  /** What a person would want to know at once. */
  private static String state(EdgeHealth health) {
    return health.journal() + "/" + health.clockBelieved() + "/" + health.promise();
  }

  /** What may change at any moment; figures always do. */
  private static List<String> state(ReportedModel model) {
    return List.of(
        String.join("/", model.node(), model.slot(), model.name(), model.version(), model.digest()),
        String.join("/", model.provider(), model.state(), model.shadow(), model.detail()));
  }
}
