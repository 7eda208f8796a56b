package io.edgeflow.gateway.bundles;

import io.edgeflow.process.link.Backoff;
import io.edgeflow.process.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where bundles come from, and with what patience.
 *
 * @param url of the cloud, or of whoever has its bundles; what stands behind the host is kept
 * @param maxBytesPerSecond {@link Long#MAX_VALUE} for as fast as the line gives
 * @param patience for a connection, for the head of an answer, and for each 16 KiB of its body
 * @param backoff between attempts
 * @param attempts in a row that may bring nothing before a download gives up
 * @param requestBytes how much is asked for at once, about
 * @param freeSpaceFloor bytes that must stay free on the volume
 */
public record DownloadSettings(
    URI url,
    Optional<Login> login,
    long maxBytesPerSecond,
    Duration patience,
    Backoff backoff,
    int attempts,
    int requestBytes,
    long freeSpaceFloor) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 8;
  private static final int REQUEST_BYTES = 4 << 20;

  /** Who we are, where the other side asks. */
  public record Login(String user, Secret password) {}

  /** With the usual patience. */
  public static DownloadSettings of(
      URI url, Optional<Login> login, long maxBytesPerSecond, long freeSpaceFloor) {
    return new DownloadSettings(
        url,
        login,
        maxBytesPerSecond,
        PATIENCE,
        Backoff.reconnect(LONGEST_PAUSE),
        ATTEMPTS,
        REQUEST_BYTES,
        freeSpaceFloor);
  }
}
