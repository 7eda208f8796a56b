package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import java.util.List;
import java.util.Map;

/**
 * What one committed transaction did.
 *
 * @param stored frames whose readings are in the tables now, in order of arrival
 * @param settled every frame of the batch
 * @param arrivedMicros when the frames came in
 * @param refusals how many frames were quarantined, by reason
 * @param digests of late alarms, as they are now, to which the frames added
 */
public record CommittedBatch(
    List<Frame> stored,
    List<Settled> settled,
    Map<String, Integer> refusals,
    long arrivedMicros,
    List<AlarmDigest> digests) {
  public CommittedBatch {
    stored = List.copyOf(stored);
    settled = List.copyOf(settled);
    refusals = Map.copyOf(refusals);
    digests = List.copyOf(digests);
  }

  /** Whether the event is told by a digest, not by itself. */
  public boolean isGathered(EventRow event) {
    return LateAlarms.isLate(event, arrivedMicros);
  }

  public record Settled(String edge, FrameId id, long readings, FrameOutcome outcome) {}
}
