package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next frames of a lane that wait for a verdict.
 *
 * @param after where the page before ended, whatever became of that frame since; null for the first
 *     page
 * @param most how many frames the page may hold; at least 1
 */
public record PageRequest(Lane lane, BacklogOrder order, @Nullable FrameId after, int most) {
  public PageRequest {
    if (most < 1) {
      throw new IllegalArgumentException("a page of " + most + " frames");
    }
  }
}
