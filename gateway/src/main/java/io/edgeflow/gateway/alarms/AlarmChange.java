package io.edgeflow.gateway.alarms;

import io.edgeflow.wire.frame.EventRow;

/** Something that changes the {@link AlarmBook}. It says everything, so a replay asks nobody. */
public sealed interface AlarmChange {
  /**
   * An alarm is so from now on.
   *
   * @param event what is told about it
   */
  record Turned(AlarmRecord alarm, EventRow event) implements AlarmChange {}

  /**
   * A reading that came too late to raise an alarm was beyond the limit of a rule.
   *
   * @param timeMicros its event time
   */
  record Late(String rule, long timeMicros) implements AlarmChange {}

  /** The late readings so far are told. */
  record Digested(EventRow event) implements AlarmChange {}
}
