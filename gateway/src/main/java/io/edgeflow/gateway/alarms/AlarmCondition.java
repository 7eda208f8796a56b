package io.edgeflow.gateway.alarms;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** When an alarm is due, apart from its delays. */
public sealed interface AlarmCondition {
  /** What kind it is, for programs: {@code limit-hh}, {@code rate-falling}, {@code stale}. */
  String word();

  /** What it is held against, for programs: the limit, the set of states, the duration. */
  String limit();

  /** The limits of the trade, outermost first on each side. */
  enum Level {
    HH,
    H,
    L,
    LL;

    boolean high() {
      return this == HH || this == H;
    }

    /** The outer limits are more urgent than the inner ones. */
    public boolean outer() {
      return this == HH || this == LL;
    }
  }

  /**
   * At the limit or beyond it; over when the value is back by more than the deadband.
   *
   * @param at the limit, in the unit of the series
   * @param deadband in the same unit, 0 or more
   */
  record Limit(Level level, double at, double deadband) implements AlarmCondition {
    public Limit {
      if (!Double.isFinite(at) || !Double.isFinite(deadband) || deadband < 0) {
        throw new IllegalArgumentException(
            "limit and deadband must be finite, the deadband at least 0");
      }
    }

    /**
     * @param holds whether it held so far
     */
    boolean holds(double value, boolean holds) {
      double band = holds ? deadband : 0;
      return level.high() ? value >= at - band : value <= at + band;
    }

    @Override
    public String word() {
      return "limit-" + level.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String limit() {
      return Double.toString(at);
    }
  }

  /**
   * The value rises, or falls, by so much a second or faster, seen over a span of the readings' own
   * times.
   *
   * @param perSecond above 0, in the unit of the series
   * @param deadband per second, 0 or more
   * @param spanMicros above 0
   */
  record Rate(boolean rising, double perSecond, double deadband, long spanMicros)
      implements AlarmCondition {
    public Rate {
      if (!(perSecond > 0) || !Double.isFinite(perSecond) || !(deadband >= 0) || spanMicros <= 0) {
        throw new IllegalArgumentException(
            "perSecond and span must be above 0, the deadband at least 0");
      }
    }

    /**
     * @param rate per second
     * @param holds whether it held so far
     */
    boolean holds(double rate, boolean holds) {
      double speed = rising ? rate : -rate;
      return speed >= perSecond - (holds ? deadband : 0);
    }

    @Override
    public String word() {
      return rising ? "rate-rising" : "rate-falling";
    }

    @Override
    public String limit() {
      return Double.toString(perSecond);
    }
  }

  /**
   * No usable reading has arrived for so long, by monotonic time.
   *
   * @param afterMicros above 0
   */
  record Stale(long afterMicros) implements AlarmCondition {
    public Stale {
      if (afterMicros <= 0) {
        throw new IllegalArgumentException("stale must be after more than 0");
      }
    }

    @Override
    public String word() {
      return "stale";
    }

    @Override
    public String limit() {
      return afterMicros / 1e6 + " s";
    }
  }

  /**
   * A text or a state is one of a set, or is none of it.
   *
   * @param values numbers are compared as numbers: {@code 2} and {@code 2.0} are the same state
   * @param in whether it must be one of them
   */
  record State(List<String> values, boolean in) implements AlarmCondition {
    public State {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a set of states must name one at least");
      }
    }

    boolean holds(String text) {
      return values.contains(text) == in;
    }

    /**
     * @param numbers those of the states that are numbers
     */
    boolean holds(double number, double[] numbers) {
      for (double one : numbers) {
        if (one == number) {
          return in;
        }
      }
      return !in;
    }

    /** Those of the states that are numbers. */
    double[] numbers() {
      return values.stream().flatMapToDouble(State::number).toArray();
    }

    private static DoubleStream number(String value) {
      try {
        return DoubleStream.of(Double.parseDouble(value));
      } catch (NumberFormatException text) {
        return DoubleStream.empty();
      }
    }

    @Override
    public String word() {
      return in ? "state" : "state-other-than";
    }

    @Override
    public String limit() {
      return String.join(", ", values);
    }
  }
}
