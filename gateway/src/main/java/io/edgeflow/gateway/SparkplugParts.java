package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.broker.LocalPublisher;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.SparkplugConfig;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.sparkplug.SparkplugHost;
import io.edgeflow.gateway.sparkplug.SparkplugSettings;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host application of Sparkplug edge nodes; nothing where it is not switched on. */
final class SparkplugParts {
  private static final Logger log = LoggerFactory.getLogger(SparkplugParts.class);

  /** A birth may declare more than become series, controls for example. */
  private static final int METRICS_PER_SERIES = 2;

  private final SparkplugConfig config;
  private final Optional<SparkplugHost> host;
  private final LongSupplier presentMicros;

  private SparkplugParts(
      SparkplugConfig config, Optional<SparkplugHost> host, LongSupplier presentMicros) {
    this.config = config;
    this.host = host;
    this.presentMicros = presentMicros;
  }

  /** Before the broker lets anybody in: it reads what comes from the first message on. */
  static SparkplugParts open(GatewayConfig config, Surroundings surroundings, Recorder recorder) {
    Optional<SparkplugHost> host =
        config.sparkplug().enabled()
            ? Optional.of(
                new SparkplugHost(settings(config), surroundings.nanos(), recorder::presentMicros))
            : Optional.empty();
    host.ifPresent(recorder::understand);
    return new SparkplugParts(config.sparkplug(), host, recorder::presentMicros);
  }

  private static SparkplugSettings settings(GatewayConfig config) {
    SparkplugConfig sparkplug = config.sparkplug();
    return new SparkplugSettings(
        sparkplug.series(),
        Set.copyOf(sparkplug.groups()),
        sparkplug.reorderWait().toNanos(),
        Math.multiplyExact(METRICS_PER_SERIES, config.limits().maxSeries()));
  }

  /** Whether the will there is the death of a node that is heard. */
  boolean isDeath(String topic) {
    return host.isPresent() && SparkplugHost.isDeath(topic);
  }

  /** From now on nodes can be asked for their births. */
  void start(Lifecycle parts, EdgeWeb web, GatewayBroker broker, MeterRegistry registry)
      throws Exception {
    if (host.isEmpty()) {
      return;
    }
    LocalPublisher publisher = broker.localPublisher();
    host.get()
        .commands(
            (topic, payload) -> {
              log.info("asking for a birth on {}", topic);
              send(publisher, topic, payload, false);
            });
    SparkplugMeters meters = new SparkplugMeters(registry, host.get());
    web.everySecond(parts, "Sparkplug meters", meters::look);
    if (config.hostId().isPresent()) {
      String topic = "spBv1.0/STATE/" + config.hostId().get();
      parts.open(
          "Sparkplug state",
          () -> {
            send(publisher, topic, state(true), true);
            return topic;
          },
          said -> send(publisher, said, state(false), true));
    }
  }

  private byte[] state(boolean online) {
    long millis = presentMicros.getAsLong() / 1_000;
    return "{\"online\":%b,\"timestamp\":%d}"
        .formatted(online, millis)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(
      LocalPublisher publisher, String topic, byte[] payload, boolean retained) {
    var _ =
        publisher
            .send(topic, payload, retained)
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    log.warn("not published: {}", topic, failure);
                  }
                });
  }
}
