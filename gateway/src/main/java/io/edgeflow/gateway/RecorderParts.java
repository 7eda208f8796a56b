package io.edgeflow.gateway;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.MappingConfig;
import io.edgeflow.gateway.config.VolumeFit;
import io.edgeflow.gateway.journal.JournalSettings;
import io.edgeflow.gateway.recorder.Acknowledge;
import io.edgeflow.gateway.recorder.EdgeTime;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RecorderSettings;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.wire.payload.PayloadLimits;
import io.edgeflow.wire.payload.PayloadParser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what is configured to a recorder. */
final class RecorderParts {
  private static final Logger log = LoggerFactory.getLogger(RecorderParts.class);

  /** Messages before the owner thread; beyond it senders wait (A2). */
  private static final int QUEUE = 8_192;

  private RecorderParts() {}

  /** As the other one; the process ends if nothing can be recorded any more. */
  static Recorder open(GatewayConfig config, Surroundings surroundings, RejectLog rejects)
      throws IOException {
    return open(config, surroundings, rejects, RecorderParts::broken);
  }

  /**
   * Makes the data directory if it is absent, recovers what is in it, and begins to take.
   *
   * @param onBroken hears if the owner thread dies: nothing is recorded then
   */
  static Recorder open(
      GatewayConfig config,
      Surroundings surroundings,
      RejectLog rejects,
      Consumer<Throwable> onBroken)
      throws IOException {
    surroundings.disk().createDirectories(config.dataDir());
    Recorder recorder =
        Recorder.open(
            settings(config),
            journal(config),
            surroundings.disk(),
            parser(config),
            time(config, surroundings),
            series(config),
            rejects,
            new SecureRandom());
    recorder.start(onBroken);
    return recorder;
  }

  /** The buffer on the volume that holds the data directory, which must be there. */
  static VolumeFit fit(GatewayConfig config) throws IOException {
    return VolumeFit.of(config.buffer(), config.dataDir());
  }

  private static RecorderSettings settings(GatewayConfig config) throws IOException {
    VolumeFit fit = fit(config);
    return new RecorderSettings(
        config.edge(),
        new WindowRule(micros(config.window().length()), micros(config.window().grace())),
        config.frame().linger(),
        QUEUE,
        fit.maxBytes(),
        fit.freeSpaceFloor(),
        config.buffer().keepDelivered(),
        config.buffer().coarsen(),
        config.dataDir().resolve("backlog"),
        config.journal().keepsPromise() ? Acknowledge.SYNCED : Acknowledge.RECEIVED,
        fit.reserve(),
        config.alarmRules());
  }

  private static JournalSettings journal(GatewayConfig config) {
    return new JournalSettings(
        config.dataDir().resolve("journal"),
        config.edge(),
        config.journal().commitInterval(),
        config.journal().idleCommitInterval(),
        config.journal().segmentBytes().bytes());
  }

  static PayloadParser parser(GatewayConfig config) {
    return new PayloadParser(
        MappingConfig.mappings(config.mappings(), config.zone()), PayloadLimits.STANDARD);
  }

  private static EdgeTime time(GatewayConfig config, Surroundings surroundings) {
    return new EdgeTime(
        surroundings.wallMicros(),
        surroundings.nanos(),
        surroundings.os(),
        micros(config.time().maxFuture()),
        ChronoUnit.MICROS.between(Instant.EPOCH, BuildInfo.released()));
  }

  static ConfiguredSeries series(GatewayConfig config) {
    return new ConfiguredSeries(
        config.series(), ModbusParts.points(config.modbus()), config.limits().maxSeries());
  }

  /**
   * Nothing can be recorded any more, so nothing may be acknowledged: end, and recover at the next
   * start.
   */
  private static void broken(Throwable cause) {
    log.error("the owner thread broke; the process ends and recovers at its next start", cause);
    Runtime.getRuntime().halt(ExitCodes.FAILED);
  }

  static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
