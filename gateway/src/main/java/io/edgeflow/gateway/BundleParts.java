package io.edgeflow.gateway;

import io.edgeflow.gateway.bundles.BundleStore;
import io.edgeflow.gateway.bundles.DownloadSettings;
import io.edgeflow.gateway.bundles.UplinkGauge;
import io.edgeflow.gateway.config.DeployConfig;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.ClockFigures;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.uplink.UplinkStatus;
import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Secret;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** From what is configured to bundles that come from the cloud. */
final class BundleParts {
  private static final String FOLDER = "bundles";
  private static final String KEYS = "keys.json";
  private static final long CLOCK_SECONDS = 5;

  private BundleParts() {}

  /**
   * What is on the disk, and the way to get more; empty where no root is pinned. To be closed.
   *
   * @param uplink whose frames go before any download
   * @throws IOException if the data directory or the pinned root cannot be used
   */
  static Optional<BundleStore> open(
      GatewayConfig config,
      Surroundings surroundings,
      Recorder recorder,
      Supplier<UplinkStatus> uplink)
      throws IOException {
    Optional<Path> root = config.deploy().root();
    if (root.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        BundleStore.open(
            surroundings.disk(),
            config.dataDir().resolve(FOLDER),
            pinned(root.get()),
            settings(config),
            new UplinkGauge(uplink, surroundings.nanos()),
            () -> believed(recorder)));
  }

  /** The file with the chain of keys, once there is one. */
  static Path keys(GatewayConfig config) {
    return config.dataDir().resolve(FOLDER).resolve(KEYS);
  }

  private static VerifyingKey pinned(Path file) throws IOException {
    try {
      return VerifyingKey.parse(Files.readString(file));
    } catch (IllegalArgumentException none) {
      throw new IOException("deploy.root: " + file + " " + none.getMessage(), none);
    }
  }

  private static DownloadSettings settings(GatewayConfig config) throws IOException {
    DeployConfig deploy = config.deploy();
    return DownloadSettings.of(
        deploy.url(config.uplink()),
        deploy
            .user()
            .map(
                user ->
                    new DownloadSettings.Login(
                        user, deploy.password().orElseGet(() -> new Secret("")))),
        deploy.maxBytesPerSecond().map(ByteSize::bytes).orElse(Long.MAX_VALUE),
        RecorderParts.fit(config).freeSpaceFloor());
  }

  /** A clock that cannot be asked is none that is believed. */
  static Optional<Instant> believed(Recorder recorder) {
    try {
      ClockFigures clock = recorder.clock().get(CLOCK_SECONDS, TimeUnit.SECONDS);
      return clock.believed()
          ? Optional.of(Instant.EPOCH.plus(clock.presentMicros(), ChronoUnit.MICROS))
          : Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException closing) {
      return Optional.empty();
    }
  }
}
