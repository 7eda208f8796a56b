package io.edgeflow.gateway.alarms;

import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.wire.frame.EventRow;

/** Something that changes the {@link AlarmBook}. It says everything, so a replay asks nobody. */
public sealed interface AlarmChange {
  /**
   * An alarm is so from now on.
   *
   * @param event what is told about it
   */
  record Turned(AlarmRecord alarm, EventRow event) implements AlarmChange {
    /** Whether the alarm was just raised. */
    public boolean isRaised() {
      return AlarmEvents.isRaised(event);
    }
  }

  /**
   * A reading that came too late to raise an alarm was beyond the limit of a rule.
   *
   * @param timeMicros its event time
   */
  record Late(String rule, long timeMicros) implements AlarmChange {}

  /** The raw readings around an alarm that was just raised are wanted. Changes no alarm. */
  record Captured(Around around) implements AlarmChange {}

  /** The late readings so far are told. */
  record Digested(EventRow event) implements AlarmChange {}
}
