package io.edgeflow.lab.core;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of an edge's core: short windows, little patience, little room. */
public final class CoreSettings {
  /** As the smallest gateway that still does everything: rolls, seals, coarsens. */
  public static final List<String> SMALL =
      List.of(
          "window.length=1s",
          "window.grace=500ms",
          "frame.linger=20ms",
          "journal.commitInterval=2ms",
          "journal.idleCommitInterval=50ms",
          "journal.segmentBytes=64KiB",
          "buffer.maxBytes=1MiB",
          "buffer.freeSpaceFloor=0B",
          "uplink.resendAfter=1s",
          "uplink.drainJitter=0s");

  private CoreSettings() {}

  /**
   * @param home the folder above the data directory, which is made: its volume is asked for its
   *     size, wherever the bytes go
   * @param more {@code key=value} pairs
   */
  public static GatewayConfig of(String edge, Path home, URI uplink, List<String> more)
      throws IOException {
    Path directory = Files.createDirectories(home.resolve("edge"));
    List<String> all =
        new ArrayList<>(List.of("edge=" + edge, "dataDir=" + directory, "uplink.url=" + uplink));
    all.addAll(more);
    try {
      return new SettingsLoader(Map.of(), home)
          .load(GatewayConfig.class, Optional.empty(), all)
          .value();
    } catch (SettingsException e) {
      throw new IOException("the drill's own settings are refused: " + e.getMessage(), e);
    }
  }
}
