package io.edgeflow.gateway.alarms.http;

import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.gateway.alarms.Shelf;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as it is told over HTTP. Times are epoch milliseconds.
 *
 * @param value the reading that changed it last; empty where none did
 * @param active whether the condition held when the state was last told
 * @param raised null if it never was
 * @param changed null if it never did
 * @param advice what a person should do, by the rule of today; empty if nothing is said
 * @param shelf null unless it is shelved
 */
public record AlarmDocument(
    String id,
    String rule,
    String series,
    String condition,
    String limit,
    String value,
    String priority,
    String state,
    boolean active,
    @Nullable Long raised,
    @Nullable Long changed,
    String advice,
    @Nullable OnShelf shelf) {
  /** Who does not want to hear of it, why, and until when. */
  public record OnShelf(long until, String who, String why) {}

  static AlarmDocument of(AlarmRecord alarm, String advice) {
    Shelf shelf = alarm.shelf();
    return new AlarmDocument(
        alarm.id(),
        alarm.rule(),
        alarm.series(),
        alarm.condition(),
        alarm.limit(),
        alarm.value(),
        alarm.priority().word(),
        alarm.state(),
        alarm.phase().active(),
        millis(alarm.raisedMicros()),
        millis(alarm.changedMicros()),
        advice,
        shelf == null ? null : new OnShelf(shelf.untilMicros() / 1000, shelf.who(), shelf.why()));
  }

  private static @Nullable Long millis(long micros) {
    return micros == 0 ? null : (Long) (micros / 1000);
  }
}
