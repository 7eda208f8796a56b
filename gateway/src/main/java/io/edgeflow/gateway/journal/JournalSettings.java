package io.edgeflow.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param directory where the segments lie; made when it is absent
 * @param edge the name of the edge, 1 to 255 UTF-8 bytes
 * @param commitInterval the least time between the starts of two syncs while somebody waits; zero
 *     is allowed
 * @param idleCommitInterval the most time an appended record stays unsynced while nobody waits;
 *     above zero
 * @param segmentBytes after how many bytes since the last checkpoint {@link Journal#wantsRoll} says
 *     so
 */
public record JournalSettings(
    Path directory,
    String edge,
    Duration commitInterval,
    Duration idleCommitInterval,
    long segmentBytes) {
  public JournalSettings {
    int nameBytes = edge.getBytes(StandardCharsets.UTF_8).length;
    require(nameBytes >= 1 && nameBytes <= SegmentHeader.MAX_EDGE_BYTES, "edge: 1 to 255 bytes");
    require(!commitInterval.isNegative(), "commitInterval: not below zero");
    require(idleCommitInterval.isPositive(), "idleCommitInterval: above zero");
    require(segmentBytes >= 1, "segmentBytes: above zero");
  }

  /** The same with smaller segments, if they are larger than this. */
  public JournalSettings withSegmentsOfAtMost(long bytes) {
    return new JournalSettings(
        directory, edge, commitInterval, idleCommitInterval, Math.min(segmentBytes, bytes));
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
