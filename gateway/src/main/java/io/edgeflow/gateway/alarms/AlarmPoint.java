package io.edgeflow.gateway.alarms;

import org.jspecify.annotations.Nullable;

/**
 * One rule over one series: whether its condition holds, and since when it is about to change its
 * mind. None of this is journaled: after a restart it begins with the latest reading.
 */
final class AlarmPoint {
  private static final long NEVER = Long.MIN_VALUE;

  /** What a reading says of a condition. */
  enum Judgement {
    HOLDS,
    HOLDS_NOT,
    /** Nothing: it stays as it was. */
    UNKNOWN
  }

  final String id;
  final AlarmRule rule;
  final String series;
  private final @Nullable RateTrack rates;
  private final double[] states;

  /** Whether the condition holds, delays included. */
  boolean active;

  /** The last reading says otherwise than {@link #active}, since these times. */
  boolean turning;

  long turningMicros;
  long turningNanos;

  /** Event time of the newest reading that was judged. */
  long newestMicros = NEVER;

  /** When something usable arrived last, or when watching began. */
  long heardNanos;

  boolean shelved;

  /** When a shelf ends; meaningless where there is none. */
  long shelfEndNanos;

  private double lastNumber;
  private @Nullable String lastText;

  AlarmPoint(AlarmRule rule, String series, long nanos) {
    this.id = rule.alarmId(series);
    this.rule = rule;
    this.series = series;
    this.heardNanos = nanos;
    this.rates =
        rule.condition() instanceof AlarmCondition.Rate rate
            ? new RateTrack(rate.spanMicros())
            : null;
    this.states =
        rule.condition() instanceof AlarmCondition.State state ? state.numbers() : new double[0];
  }

  /** Judges a usable reading that is the newest of its series. */
  Judgement judge(AlarmReading reading) {
    newestMicros = reading.timeMicros;
    lastNumber = reading.number;
    lastText = reading.text;
    return switch (rule.condition()) {
      case AlarmCondition.Limit limit ->
          reading.text == null ? of(limit.holds(reading.number, raw())) : Judgement.UNKNOWN;
      case AlarmCondition.Rate rate ->
          reading.text == null ? rate(rate, reading) : Judgement.UNKNOWN;
      case AlarmCondition.Stale _ -> Judgement.HOLDS_NOT;
      case AlarmCondition.State state -> of(holds(state, reading));
    };
  }

  private Judgement rate(AlarmCondition.Rate rate, AlarmReading reading) {
    RateTrack track = rates;
    if (track == null || !track.add(reading.timeMicros, reading.number)) {
      return Judgement.UNKNOWN;
    }
    return of(rate.holds(track.perSecond(), raw()));
  }

  /** Whether the last reading said that the condition holds, whatever the delays say. */
  private boolean raw() {
    return active != turning;
  }

  /** Whether a reading that came too late would have been beyond the limit, taken by itself. */
  boolean wouldHold(AlarmReading reading) {
    return switch (rule.condition()) {
      case AlarmCondition.Limit limit -> reading.text == null && limit.holds(reading.number, false);
      case AlarmCondition.State state -> holds(state, reading);
      case AlarmCondition.Rate _, AlarmCondition.Stale _ -> false;
    };
  }

  private boolean holds(AlarmCondition.State state, AlarmReading reading) {
    String text = reading.text;
    return text == null ? state.holds(reading.number, states) : state.holds(text);
  }

  private static Judgement of(boolean holds) {
    return holds ? Judgement.HOLDS : Judgement.HOLDS_NOT;
  }

  /** What was held against the limit last; empty before the first reading. */
  String value() {
    RateTrack track = rates;
    if (newestMicros == NEVER) {
      return "";
    }
    return track != null
        ? Double.toString(track.perSecond())
        : AlarmReading.value(lastNumber, lastText);
  }

  /** Whether only time is needed for it to change. */
  boolean waitsForTime() {
    return shelved || turning || (!active && rule.condition() instanceof AlarmCondition.Stale);
  }
}
