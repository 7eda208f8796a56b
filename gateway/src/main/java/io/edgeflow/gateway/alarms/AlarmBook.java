package io.edgeflow.gateway.alarms;

import io.edgeflow.wire.frame.EventRow;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every alarm that is not normal, and the late readings that are not told yet: the sum of the
 * {@link AlarmChange}s. Owned by one thread.
 */
public final class AlarmBook {
  /**
   * Late readings beyond the limit of one rule.
   *
   * @param firstMicros event time of the oldest
   * @param lastMicros event time of the newest
   */
  public record LateCount(long readings, long firstMicros, long lastMicros) {
    LateCount with(long micros) {
      return new LateCount(
          readings + 1, Math.min(firstMicros, micros), Math.max(lastMicros, micros));
    }
  }

  private final Map<String, AlarmRecord> alarms = new TreeMap<>();
  private final SortedMap<String, LateCount> late = new TreeMap<>();

  /** Returns what is to be told; null if the change is nothing to tell. */
  public @Nullable EventRow apply(AlarmChange change) {
    return switch (change) {
      case AlarmChange.Turned(AlarmRecord alarm, EventRow event) -> {
        put(alarm);
        yield event;
      }
      case AlarmChange.Late(String rule, long time) -> {
        LateCount count = late.get(rule);
        late.put(rule, count == null ? new LateCount(1, time, time) : count.with(time));
        yield null;
      }
      case AlarmChange.Captured _ -> null;
      case AlarmChange.Digested(EventRow event) -> {
        late.clear();
        yield event;
      }
    };
  }

  /** As it is remembered, from a checkpoint. */
  public void put(AlarmRecord alarm) {
    if (alarm.normal()) {
      alarms.remove(alarm.id());
    } else {
      alarms.put(alarm.id(), alarm);
    }
  }

  /** As it is remembered, from a checkpoint. */
  public void putLate(String rule, LateCount count) {
    late.put(rule, count);
  }

  @Nullable AlarmRecord get(String id) {
    return alarms.get(id);
  }

  /** Those that are not normal, by id. */
  public Collection<AlarmRecord> all() {
    return Collections.unmodifiableCollection(alarms.values());
  }

  /** By the name of the rule. */
  public SortedMap<String, LateCount> late() {
    return Collections.unmodifiableSortedMap(late);
  }
}
