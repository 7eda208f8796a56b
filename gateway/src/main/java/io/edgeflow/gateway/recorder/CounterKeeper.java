package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.counter.CounterRule;
import io.edgeflow.aggregator.counter.Step;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.Values;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes readings of counters running totals (W4), and tells of resets. Live only: a replay finds
 * what was added in the record (J1). Owned by the owner thread.
 */
final class CounterKeeper {
  /** A gauge that somebody calls a counter is reset every other second. */
  private static final int MOST_TOLD = 60;

  private static final long TELL_NANOS = 60_000_000_000L;

  private final EdgeState state;
  private final SeriesPolicy policy;
  private final Scribe scribe;
  private final List<EventRow> resets = new ArrayList<>();
  private @Nullable CounterRule[] rules = new @Nullable CounterRule[64];
  private int told;
  private long untold;
  private long sinceNanos;

  CounterKeeper(EdgeState state, SeriesPolicy policy, Scribe scribe) {
    this.state = state;
    this.policy = policy;
    this.scribe = scribe;
  }

  boolean counts(int series) {
    return state.series.get(series).kind() == Kind.COUNTER;
  }

  /**
   * Makes the reading of a counter, which is no duplicate, one of its running total.
   *
   * @return false if that is no number that can be kept
   */
  boolean countOn(DecidedReading reading) {
    if (!reading.quality.carriesValue()) {
      // What a source says that failed is no step of its counter.
      reading.countOn(state.counters.offsetNow(reading.series));
      return Values.acceptable(reading.number);
    }
    double before = state.counters.newestRaw(reading.series);
    double raw = reading.number;
    Step step =
        state.counters.judge(reading.series, reading.eventMicros, raw, rule(reading.series));
    reading.countOn(state.counters.offset());
    if (!Values.acceptable(reading.number)) {
      return false;
    }
    if (step == Step.TOO_LATE && reading.quality == Quality.GOOD) {
      reading.quality = Quality.UNCERTAIN;
    } else if (step == Step.RESET) {
      reset(reading, before, raw);
    }
    return true;
  }

  private CounterRule rule(int series) {
    if (series >= rules.length) {
      rules = Arrays.copyOf(rules, Math.max(series + 1, rules.length * 2));
    }
    CounterRule rule = rules[series];
    if (rule == null) {
      rule = policy.shape(state.series.get(series).name(), false).counter();
      rules[series] = rule;
    }
    return rule;
  }

  private void reset(DecidedReading reading, double from, double to) {
    if (told >= MOST_TOLD) {
      untold++;
      return;
    }
    told++;
    resets.add(
        new EventRow(
            reading.eventMicros,
            EventSeverity.INFO,
            "counter-reset",
            state.series.get(reading.series).name(),
            "the counter fell and counts from zero again; its total goes on",
            new TreeMap<>(
                Map.of(
                    "from", Double.toString(from),
                    "to", Double.toString(to),
                    "total", Double.toString(reading.number)))));
  }

  /** Journals what is to be told; to be called when the message is journaled. */
  void tell() {
    if (!resets.isEmpty()) {
      resets.forEach(scribe::event);
      resets.clear();
    }
  }

  /** Time went on. */
  void tick(long nanos, long presentMicros) {
    if (told == 0) {
      sinceNanos = nanos;
    } else if (nanos - sinceNanos >= TELL_NANOS) {
      if (untold > 0) {
        scribe.event(
            new EventRow(
                presentMicros,
                EventSeverity.INFO,
                "counter-reset",
                "",
                "counters were reset so often that not every time is told",
                new TreeMap<>(Map.of("untold", Long.toString(untold)))));
      }
      told = 0;
      untold = 0;
    }
  }

  /** Nothing waits to be told. */
  boolean idle() {
    return untold == 0;
  }
}
