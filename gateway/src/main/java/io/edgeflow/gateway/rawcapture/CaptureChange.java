package io.edgeflow.gateway.rawcapture;

import io.edgeflow.wire.frame.EventRow;

/** Something that changes the {@link CaptureBook}. It says everything, so a replay asks nobody. */
public sealed interface CaptureChange {
  /**
   * Readings are captured from now on.
   *
   * @param event what is told about it
   */
  record Began(Demand demand, EventRow event) implements CaptureChange {}

  /**
   * A capture is over.
   *
   * @param id of the {@link Demand}
   */
  record Ended(String id, EventRow event) implements CaptureChange {}
}
