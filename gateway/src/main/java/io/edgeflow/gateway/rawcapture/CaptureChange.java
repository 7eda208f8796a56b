package io.edgeflow.gateway.rawcapture;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.FrameId;
import java.util.List;

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

  /** Readings around an alarm are wanted, or more of them than before. */
  record Wanted(Around around) implements CaptureChange {}

  /**
   * The next frame that is numbered holds readings out of the journal, up to these places. A change
   * of its own only together with that frame: a kill may come between the two records.
   */
  record Sent(FrameId frame, List<SentStretch> stretches) implements CaptureChange {
    public Sent {
      stretches = List.copyOf(stretches);
    }
  }

  /**
   * All there was around an alarm is in frames.
   *
   * @param id of the {@link Stretch}
   * @param events one for each alarm
   */
  record Done(String id, List<EventRow> events) implements CaptureChange {
    public Done {
      events = List.copyOf(events);
    }
  }
}
