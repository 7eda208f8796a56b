package io.edgeflow.gateway.alarms;

/** What became of something that a person asked of an alarm. */
public sealed interface AlarmOutcome {
  /** It is so now, or was so already. */
  record Done(AlarmRecord alarm) implements AlarmOutcome {}

  /** No rule of today makes an alarm of that id. */
  record Unknown() implements AlarmOutcome {}

  /** It makes no sense in the state that the alarm is in. */
  record Refused(String why) implements AlarmOutcome {}
}
