package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import java.util.List;

/**
 * What one committed transaction did.
 *
 * @param stored frames whose readings are in the tables now, in order of arrival
 * @param settled every frame of the batch
 */
public record CommittedBatch(List<Frame> stored, List<Settled> settled) {
  public CommittedBatch {
    stored = List.copyOf(stored);
    settled = List.copyOf(settled);
  }

  public record Settled(String edge, FrameId id, long readings, FrameOutcome outcome) {}
}
