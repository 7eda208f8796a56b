package io.edgeflow.models.pump;

import io.edgeflow.models.replay.Alarm;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How well alarms tell faults that are known.
 *
 * @param faults how many there were of each kind
 * @param found how many of them had an alarm that began while they lasted: that a drifted or stuck
 *     sensor jumps back to the truth at the end finds nothing
 * @param alarms that were raised
 * @param right how many of them were at a fault, or within a minute after it
 * @param days over which
 */
public record Quality(
    Map<Fault.Kind, Integer> faults,
    Map<Fault.Kind, Integer> found,
    int alarms,
    int right,
    int days) {
  private static final long AFTER_MICROS = 60_000_000;

  /** Alarms of several series within a minute of each other count as one. */
  private static final long TOGETHER_MICROS = 60_000_000;

  /**
   * @param startMicros when the readings begin, whose seconds the faults are told in
   */
  public static Quality of(List<Fault> faults, List<Alarm> alarms, long startMicros, int days) {
    Map<Fault.Kind, Integer> there = new EnumMap<>(Fault.Kind.class);
    Map<Fault.Kind, Integer> found = new EnumMap<>(Fault.Kind.class);
    for (Fault fault : faults) {
      there.merge(fault.kind(), 1, Integer::sum);
      boolean alarmed = alarms.stream().anyMatch(alarm -> finds(alarm, fault, startMicros));
      found.merge(fault.kind(), alarmed ? 1 : 0, Integer::sum);
    }
    int raised = 0;
    int right = 0;
    long last = Long.MIN_VALUE;
    for (Alarm alarm :
        alarms.stream().sorted(Comparator.comparingLong(Alarm::fromMicros)).toList()) {
      boolean wrong = faults.stream().noneMatch(fault -> meet(fault, alarm, startMicros));
      if (raised == 0 || alarm.fromMicros() > last + TOGETHER_MICROS) {
        raised++;
        right += wrong ? 0 : 1;
      }
      last = Math.max(last, alarm.toMicros());
    }
    return new Quality(there, found, raised, right, days);
  }

  private static boolean finds(Alarm alarm, Fault fault, long startMicros) {
    return alarm.fromMicros() >= startMicros + fault.fromSecond() * 1_000_000L
        && alarm.fromMicros() < startMicros + fault.toSecond() * 1_000_000L;
  }

  private static boolean meet(Fault fault, Alarm alarm, long startMicros) {
    return alarm.fromMicros() <= startMicros + fault.toSecond() * 1_000_000L + AFTER_MICROS
        && alarm.toMicros() >= startMicros + fault.fromSecond() * 1_000_000L;
  }

  /** The part of the alarms that were at a fault; 1 if there was none. */
  public double precision() {
    return alarms == 0 ? 1 : right / (double) alarms;
  }

  /** The part of the faults that were found. */
  public double recall() {
    int all = faults.values().stream().mapToInt(Integer::intValue).sum();
    return all == 0 ? 1 : found.values().stream().mapToInt(Integer::intValue).sum() / (double) all;
  }

  public double recall(Fault.Kind kind) {
    int there = faults.getOrDefault(kind, 0);
    return there == 0 ? 1 : found.getOrDefault(kind, 0) / (double) there;
  }

  public double falseAlarmsPerDay() {
    return (alarms - right) / (double) days;
  }
}
