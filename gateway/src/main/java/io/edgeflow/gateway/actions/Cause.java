package io.edgeflow.gateway.actions;

import java.util.Set;
import java.util.TreeSet;

/** What an action follows: it wants its output on as long as the cause holds. */
public sealed interface Cause {
  /** The series that it comes from. */
  String series();

  /** For people and programs. */
  String words();

  /**
   * For people: {@code flow.hh of pump-1/flow holds}.
   *
   * @param on whether it wants its output on
   */
  String because(boolean on);

  /**
   * A value at a threshold or beyond it, until it is back by more than the hysteresis.
   *
   * @param above whether beyond is above
   * @param hysteresis 0 or more
   * @param holdNanos how long it must be beyond without a break, by monotonic time
   */
  record Threshold(String series, boolean above, double at, double hysteresis, long holdNanos)
      implements Cause {
    /**
     * @param holds whether it was beyond so far
     */
    boolean holds(double value, boolean holds) {
      double band = holds ? hysteresis : 0;
      return above ? value >= at - band : value <= at + band;
    }

    @Override
    public String words() {
      return series + (above ? " above " : " below ") + at;
    }

    @Override
    public String because(boolean on) {
      return series + (on ? " is " : " is not ") + (above ? "above " : "below ") + at;
    }
  }

  /**
   * An alarm in one of these states.
   *
   * @param rule the whole name, {@code flow.hh}
   * @param states words such as {@code unacknowledged}
   */
  record Alarm(String rule, String series, Set<String> states) implements Cause {
    private static final Set<String> ACTIVE = Set.of("unacknowledged", "acknowledged");

    public Alarm {
      states = Set.copyOf(states);
    }

    AlarmKey key() {
      return new AlarmKey(rule, series);
    }

    @Override
    public String words() {
      return "alarm " + rule + " of " + series;
    }

    @Override
    public String because(boolean on) {
      if (states.equals(ACTIVE)) {
        return rule + " of " + series + (on ? " holds" : " does not hold or is shelved");
      }
      String named = String.join(" or ", new TreeSet<>(states));
      return rule + " of " + series + (on ? " is " : " is not ") + named;
    }
  }
}
