package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * How much of the disk the gateway takes.
 *
 * @param maxBytes absent: the least of 4 GiB and a quarter of the volume
 * @param freeSpaceFloor absent: the larger of 1 GiB and 5 % of the volume
 * @param keepDelivered how long delivered frames and raw readings stay while there is room (J10)
 * @param coarsen whether ten old windows merge into one before any is dropped (J7)
 */
public record BufferConfig(
    @Range(min = "1MiB") Optional<ByteSize> maxBytes,
    Optional<ByteSize> freeSpaceFloor,
    @Default("48h") @Range(min = "0s") Duration keepDelivered,
    @Default("true") boolean coarsen) {
  private static final long GIB = 1L << 30;

  /** The byte budget on a volume of that size. */
  public long maxBytesOn(long volumeBytes) {
    return maxBytes.map(ByteSize::bytes).orElse(Math.min(4 * GIB, volumeBytes / 4));
  }

  /** What must stay free on a volume of that size. */
  public long freeSpaceFloorOn(long volumeBytes) {
    return freeSpaceFloor.map(ByteSize::bytes).orElse(Math.max(GIB, volumeBytes / 20));
  }
}
