package io.edgeflow.gateway.alarms;

import org.jspecify.annotations.Nullable;

/**
 * What is known about one alarm; all of it is journaled while the alarm is not normal.
 *
 * @param condition the word of the {@link AlarmCondition}
 * @param limit what the condition is held against
 * @param phase while it is shelved: the phase in which it was shelved
 * @param raisedMicros when it was raised last, by the readings' times; 0 if it never was
 * @param changedMicros when the phase changed last
 * @param value the reading that changed the phase last; empty where none did
 * @param shelf absent unless it is shelved
 */
public record AlarmRecord(
    String id,
    String rule,
    String series,
    String condition,
    String limit,
    AlarmPriority priority,
    AlarmPhase phase,
    long raisedMicros,
    long changedMicros,
    String value,
    @Nullable Shelf shelf) {
  /** Nothing of it needs to be remembered. */
  boolean normal() {
    return phase == AlarmPhase.NORMAL && shelf == null;
  }

  /** The state as people know it: one of the phases, or shelved. */
  public String state() {
    return shelf == null ? phase.word() : "shelved";
  }

  AlarmRecord raised(long micros, String reading) {
    return new AlarmRecord(
        id,
        rule,
        series,
        condition,
        limit,
        priority,
        AlarmPhase.UNACKNOWLEDGED,
        micros,
        micros,
        reading,
        shelf);
  }

  AlarmRecord changed(AlarmPhase next, long micros, String reading) {
    return new AlarmRecord(
        id, rule, series, condition, limit, priority, next, raisedMicros, micros, reading, shelf);
  }

  AlarmRecord shelved(@Nullable Shelf on, AlarmPhase next, long micros) {
    return new AlarmRecord(
        id, rule, series, condition, limit, priority, next, raisedMicros, micros, value, on);
  }

  /** The same alarm by its rule of today. */
  AlarmRecord by(AlarmRule today) {
    return new AlarmRecord(
        id,
        rule,
        series,
        today.condition().word(),
        today.condition().limit(),
        today.priority(),
        phase,
        raisedMicros,
        changedMicros,
        value,
        shelf);
  }
}
