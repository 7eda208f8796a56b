package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cloud which models run here and how they do: when one changes its state, though not
 * more often than every few seconds, and the figures of those that run once a minute. Owned by one
 * timer.
 */
final class Reports {
  private static final long FIGURES_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long CHANGES_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String edge;
  private final Supplier<List<Status.Model>> models;
  private final LongSupplier presentMicros;
  private final LongSupplier nanos;
  private final Consumer<byte[]> uplink;
  private @Nullable List<ReportedModel> told;
  private long toldNanos;

  Reports(
      String edge,
      Supplier<List<Status.Model>> models,
      LongSupplier presentMicros,
      LongSupplier nanos,
      Consumer<byte[]> uplink) {
    this.edge = edge;
    this.models = models;
    this.presentMicros = presentMicros;
    this.nanos = nanos;
    this.uplink = uplink;
  }

  /** Blocks for nothing. */
  void tick() {
    List<ReportedModel> now = models.get().stream().map(Reports::model).toList();
    long at = nanos.getAsLong();
    if (!isDue(now, at - toldNanos)) {
      return;
    }
    told = now;
    toldNanos = at;
    String software = "edgeflow/" + BuildInfo.version();
    uplink.accept(
        new Reported(edge, Reported.VERSION, presentMicros.getAsLong(), software, now, 0)
            .toBytes());
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
