package io.edgeflow.gateway;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.UplinkConfig;
import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.uplink.EdgeProfile;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.gateway.uplink.Link;
import io.edgeflow.gateway.uplink.LinkSettings;
import io.edgeflow.gateway.uplink.PahoLink;
import io.edgeflow.gateway.uplink.UplinkClocks;
import io.edgeflow.gateway.uplink.UplinkSettings;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.settings.Secret;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** From what is configured to a way to the cloud. */
final class UplinkParts {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

  /** Unacknowledged packets of one member at most: frames are large. */
  static final int WINDOW = 100;

  /**
   * How long the last frames may be sent at a clean stop (J4); less than the 3 s allowed, because
   * the rest needs time too.
   */
  private static final Duration LAST_FRAMES = Duration.ofMillis(2_500);

  private static final Duration SEAL = Duration.ofSeconds(2);

  private UplinkParts() {}

  static Forwarder open(GatewayConfig config, Surroundings surroundings, Recorder recorder) {
    return open(config, surroundings, recorder, new PahoLink(link(config, recorder)));
  }

  /**
   * @param desired hears what the cloud wants to run here; must not block
   */
  static Forwarder open(
      GatewayConfig config,
      Surroundings surroundings,
      Recorder recorder,
      Consumer<byte[]> desired) {
    return open(config, surroundings, recorder, new PahoLink(link(config, recorder), desired));
  }

  /** Over any other link. */
  static Forwarder open(
      GatewayConfig config, Surroundings surroundings, Recorder recorder, Link link) {
    Forwarder forwarder =
        new Forwarder(
            profile(config, recorder),
            settings(config.uplink()),
            link,
            recorder.outbox(),
            new UplinkClocks(surroundings.nanos(), recorder::presentMicros),
            // Not a ThreadLocalRandom: the uplink's thread would find it unseeded, alike on every
            // edge.
            new SplittableRandom(),
            (cloudMicros, arrivedNanos) -> recorder.cloudSaid(cloudMicros));
    forwarder.start();
    return forwarder;
  }

  private static UplinkSettings settings(UplinkConfig uplink) {
    BacklogOrder order =
        switch (uplink.backlogOrder()) {
          case OLDEST -> BacklogOrder.OLDEST;
          case NEWEST -> BacklogOrder.NEWEST;
        };
    return UplinkSettings.DEFAULTS
        .withResendAfter(uplink.resendAfter())
        .withBacklog(order, uplink.backlogShare(), uplink.drainJitter());
  }

  private static LinkSettings link(GatewayConfig config, Recorder recorder) {
    return new LinkSettings(
        config.uplink().url().toString(),
        config.edge(),
        recorder.incarnation(),
        config.uplink().user().orElse(null),
        config.uplink().password().map(Secret::reveal).orElse(null),
        CONNECT_TIMEOUT,
        KEEP_ALIVE);
  }

  private static EdgeProfile profile(GatewayConfig config, Recorder recorder) {
    return new EdgeProfile(
        config.edge(),
        recorder.incarnation(),
        config.site(),
        RiskParts.labels(config),
        config.zone().getId(),
        "edgeflow/" + BuildInfo.version());
  }

  /** Ends the incarnation and lets its last frames go (J4). */
  static void finish(Recorder recorder, Forwarder forwarder) throws InterruptedException {
    recorder.seal(SEAL);
    forwarder.stop(LAST_FRAMES);
  }
}
