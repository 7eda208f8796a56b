package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * How much of the disk the gateway takes.
 *
 * @param maxBytes absent: the least of 4 GiB and a quarter of the volume
 * @param freeSpaceFloor absent: the larger of 1 GiB and 5 % of the volume
 * @param reserve of the file that is kept so that a full disk can be survived (J9), counted in
 *     {@code maxBytes}; absent: 64 MiB, but at most an eighth of {@code maxBytes}; 0 for none
 * @param keepDelivered how long delivered frames and raw readings stay while there is room (J10),
 *     measured by the time that the gateway runs
 * @param coarsen whether ten old windows merge into one before any is dropped (J7)
 */
public record BufferConfig(
    @Range(min = "1MiB") Optional<ByteSize> maxBytes,
    Optional<ByteSize> freeSpaceFloor,
    Optional<ByteSize> reserve,
    @Default("48h") @Range(min = "0s") Duration keepDelivered,
    @Default("true") boolean coarsen) {
  private static final long GIB = 1L << 30;

  /**
   * Covers what may be unsynced, 16 MiB, twice: the next start writes it again; a checkpoint of the
   * largest edge, 16 MiB; and one step that makes room, which writes a sealed file of 16 MiB.
   */
  private static final long RESERVE = 64L << 20;

  private static final long RESERVE_PART = 8;

  /** A quarter of it may wait for a sync; with less, that would be a few messages. */
  private static final long LEAST_RESERVE = 128L << 10;

  public BufferConfig {
    new Check()
        .that(
            reserve.isEmpty()
                || reserve.get().bytes() == 0
                || reserve.get().bytes() >= LEAST_RESERVE,
            "reserve",
            "must be 0B, or 128KiB or more")
        .that(
            reserve.isEmpty()
                || maxBytes.isEmpty()
                || reserve.get().bytes() <= maxBytes.get().bytes() / 2,
            "reserve",
            "must be half of maxBytes or less")
        .orRefuse();
  }

  /** The byte budget on a volume of that size. */
  public long maxBytesOn(long volumeBytes) {
    return maxBytes.map(ByteSize::bytes).orElse(Math.min(4 * GIB, volumeBytes / 4));
  }

  /** What must stay free on a volume of that size. */
  public long freeSpaceFloorOn(long volumeBytes) {
    return freeSpaceFloor.map(ByteSize::bytes).orElse(Math.max(GIB, volumeBytes / 20));
  }

  /** What is kept in reserve on a volume of that size. */
  public long reserveOn(long volumeBytes) {
    long budget = maxBytesOn(volumeBytes);
    return Math.min(
        budget / 2, reserve.map(ByteSize::bytes).orElse(Math.min(RESERVE, budget / RESERVE_PART)));
  }
}
