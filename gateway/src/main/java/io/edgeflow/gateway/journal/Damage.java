package io.edgeflow.gateway.journal;

/**
 * Bytes that were synced and can not be read any more.
 *
 * @param segment the id of the damaged segment
 * @param fromByte offset of the first damaged byte in the segment's file
 * @param toByte offset of the first byte behind them
 * @param firstMissing the first log number that is missing
 * @param lastMissing the last one; below {@code firstMissing} if only the journal's own bookkeeping
 *     was hit
 */
public record Damage(
    long segment, long fromByte, long toByte, long firstMissing, long lastMissing) {
  /** How many records are missing. */
  public long missing() {
    return Math.max(0, lastMissing - firstMissing + 1);
  }
}
