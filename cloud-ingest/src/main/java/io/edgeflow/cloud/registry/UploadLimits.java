package io.edgeflow.cloud.registry;

import java.time.Duration;

/**
 * How much may lie in the database that nobody has published yet.
 *
 * @param uploads at the same time
 * @param bytes of all of them together
 * @param age how long one may stay as it is before it is cleared away
 */
public record UploadLimits(int uploads, long bytes, Duration age) {
  public static final UploadLimits STANDARD = new UploadLimits(32, 8L << 30, Duration.ofDays(1));
}
