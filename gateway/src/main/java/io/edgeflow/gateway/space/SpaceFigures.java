package io.edgeflow.gateway.space;

import java.util.List;

/**
 * How full it is.
 *
 * @param budget {@code buffer.maxBytes}
 * @param working of it, what is kept free of readings for what the edge writes while it makes room
 * @param floor {@code buffer.freeSpaceFloor}
 * @param owed what the edge itself must find free on the volume beside the floor: for a reserve
 *     that is missing (J9), or a checkpoint. What was delivered goes for it; nothing is given up
 *     for it
 * @param usable bytes that can still be written to the volume
 * @param fixedBytes what belongs to the budget and cannot be reclaimed here: the reserve, damaged
 *     bytes that were set aside, files that could not be read when the gateway started
 * @param segments oldest first
 * @param files in any order
 * @param reclaiming whether the last look found it tight: then it stays so until there is a little
 *     more room than needed, so that space is not made in nibbles
 * @param coarsen {@code buffer.coarsen}
 */
public record SpaceFigures(
    long budget,
    long working,
    long floor,
    long owed,
    long usable,
    long fixedBytes,
    List<SegmentFigures> segments,
    List<FileFigures> files,
    boolean reclaiming,
    boolean coarsen) {
  private static final int RECLAIMED_SIXTEENTHS = 3;

  public SpaceFigures {
    segments = List.copyOf(segments);
    files = List.copyOf(files);
  }

  /** What the edge takes on the disk. */
  public long bytes() {
    return fixedBytes + segmentBytes() + files.stream().mapToLong(FileFigures::bytes).sum();
  }

  public long segmentBytes() {
    return segments.stream().mapToLong(SegmentFigures::bytes).sum();
  }

  /** Readings may be taken: the budget is not reached, nor the floor, and nothing is owed. */
  public boolean room() {
    return bytes() < budget - working && usable > floor + owed;
  }

  /** Space must be made. That begins before the limits are reached (J9). */
  public boolean tight() {
    return excess() > 0;
  }

  /** How many bytes must go; 0 or less if there is room enough. */
  public long excess() {
    return excess(floor + owed);
  }

  /** Space must be made even by giving up what was not delivered. */
  public boolean mustDrop() {
    return excess(floor) > 0;
  }

  private long excess(long lowest) {
    int sixteenths = reclaiming ? RECLAIMED_SIXTEENTHS : 2;
    long least = lowest + lowest / 16 * sixteenths;
    return Math.max(bytes() - limit(budget, working, sixteenths), least - usable);
  }

  private static long limit(long budget, long working, int sixteenths) {
    long most = Math.max(0, budget - working);
    return most - most / 16 * sixteenths;
  }

  /** What may be left when space was made: as long as there is more, something must go. */
  public static long reclaimedBytes(long budget, long working) {
    return limit(budget, working, RECLAIMED_SIXTEENTHS);
  }
}
