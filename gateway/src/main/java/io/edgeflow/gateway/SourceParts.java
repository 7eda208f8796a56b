package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.SourceConfig;
import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.SourceStatus;
import io.edgeflow.gateway.source.SourceVersion;
import io.edgeflow.gateway.source.Sources;
import io.edgeflow.gateway.source.client.SocketSourceLink;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.mqtt.TopicFilter;
import io.edgeflow.process.settings.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** From what is configured to clients of other brokers. */
public final class SourceParts {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private SourceParts() {}

  /** They begin to connect; before the recorder closes they end. */
  static Sources open(
      GatewayConfig config,
      Lifecycle parts,
      Surroundings surroundings,
      Intake intake,
      MeterRegistry meters)
      throws Exception {
    Sources sources =
        parts.open(
            "sources",
            () ->
                Sources.open(
                    settings(config),
                    intake,
                    new SocketSourceLink(),
                    new SplittableRandom(),
                    surroundings.nanos()),
            Sources::close);
    SourceMeters.register(meters, sources, List.copyOf(config.sources().keySet()));
    return sources;
  }

  /** One for each source, in the order of the configuration. */
  public static List<SourceSettings> settings(GatewayConfig config) {
    return config.sources().entrySet().stream()
        .map(entry -> settings(config.edge(), entry.getKey(), entry.getValue()))
        .toList();
  }

  private static SourceSettings settings(String edge, String name, SourceConfig source) {
    return new SourceSettings(
        name,
        source.url(),
        source.ca(),
        source.clientId().orElseGet(() -> "edgeflow-" + edge + "-" + name),
        source.user(),
        source.password().map(Secret::reveal).orElse(null),
        source.topics().stream().map(TopicFilter::new).toList(),
        source.qos(),
        version(source.mqttVersion()),
        source.window(),
        source.sessionExpiry(),
        source.retained() == SourceConfig.Retained.TAKE,
        source.keepAlive(),
        CONNECT_TIMEOUT);
  }

  private static Optional<SourceVersion> version(Optional<SourceConfig.Version> configured) {
    return configured.map(
        version -> version.word().equals("5") ? SourceVersion.FIVE : SourceVersion.THREE);
  }

  /**
   * @param nanos monotonic time
   */
  static List<Status.Source> words(Sources sources, LongSupplier nanos) {
    return sources.statuses().stream().map(status -> words(status, nanos.getAsLong())).toList();
  }

  private static Status.Source words(SourceStatus status, long now) {
    SourceStatus.Counts counts = status.counts();
    return new Status.Source(
        status.name(),
        status.url(),
        status.state().word(),
        TimeUnit.NANOSECONDS.toMillis(now - status.sinceNanos()),
        status.version(),
        status.resumed(),
        counts.received(),
        counts.acknowledged(),
        status.held(),
        counts.dropped(),
        counts.retained(),
        counts.unasked(),
        counts.failed(),
        counts.connections(),
        status.lastError());
  }
}
