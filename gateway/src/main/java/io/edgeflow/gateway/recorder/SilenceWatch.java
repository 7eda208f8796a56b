package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.clock.StampSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds series that have been silent for too long and records that their last value is stale: one
 * reading that repeats it, like any other reading, until the next true one. Live only: a replay
 * finds it in the record (J1). Silence is monotonic time; after a start it counts anew. Owned by
 * the owner thread.
 */
final class SilenceWatch {
  private static final long LOOK_NANOS = 1_000_000_000;
  private static final int MOST_IN_RECORD = 256;
  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final long NOT_HEARD = Long.MIN_VALUE;

  private final EdgeState state;
  private final SeriesPolicy policy;
  private final Scribe scribe;
  private final Timekeeper time;
  private final Reporter reporter;
  private final long startNanos;
  private final RecordWriter record = new RecordWriter();
  private final DecidedReading reading = new DecidedReading();
  private final List<Integer> watched = new ArrayList<>();
  private final Set<Integer> said = new LinkedHashSet<>();

  /** By series; those without a limit are not watched. */
  private long[] limitNanos = new long[0];

  /** By series: since the start. */
  private long[] heardNanos = new long[0];

  private long lookedNanos;
  private boolean waiting;

  SilenceWatch(
      EdgeState state, SeriesPolicy policy, Scribe scribe, Timekeeper time, Reporter reporter) {
    this.state = state;
    this.policy = policy;
    this.scribe = scribe;
    this.time = time;
    this.reporter = reporter;
    this.startNanos = time.nanos();
    this.lookedNanos = startNanos;
  }

  /** After a recovery: the series of before are watched from now on. */
  void open() {
    state.series.all().forEach(this::define);
  }

  /** A series that is there from now on. */
  void define(SeriesRegistry.Series series) {
    int id = series.id();
    if (id >= limitNanos.length) {
      grow(Math.max(64, Math.max(id + 1, limitNanos.length * 2)));
    }
    Optional<Duration> limit = policy.shape(series.name(), series.kind() == Kind.TEXT).staleAfter();
    if (limit.isPresent()) {
      limitNanos[id] = limit.get().toNanos();
      watched.add(id);
      waiting = true;
    }
  }

  private void grow(int size) {
    int before = limitNanos.length;
    limitNanos = Arrays.copyOf(limitNanos, size);
    heardNanos = Arrays.copyOf(heardNanos, size);
    Arrays.fill(limitNanos, before, size, NO_LIMIT);
    Arrays.fill(heardNanos, before, size, NOT_HEARD);
  }

  /** An accepted reading that is no duplicate. */
  void heard(int series) {
    heardNanos[series] = time.nanos();
    if (!said.isEmpty()) {
      // It came after that was said.
      said.remove(series);
    }
    waiting |= limitNanos[series] != NO_LIMIT;
  }

  /** Somebody knows that these are silent, whether they have a limit or not. */
  void silent(Collection<String> names) {
    for (String name : names) {
      int id = state.series.id(name);
      if (id != SeriesRegistry.UNKNOWN) {
        said.add(id);
      }
    }
  }

  /** Nothing becomes stale by time alone. */
  boolean idle() {
    return !waiting && said.isEmpty();
  }

  /**
   * To be called while readings may be recorded.
   *
   * @return whether any was
   */
  boolean tick() {
    if (said.isEmpty() && (!waiting || time.nanos() - lookedNanos < LOOK_NANOS)) {
      return false;
    }
    lookedNanos = time.nanos();
    said.removeIf(series -> !mayTurn(series));
    waiting = false;
    for (int series : watched) {
      boolean may = mayTurn(series);
      waiting |= may;
      if (may && silentNanos(series) >= limitNanos[series]) {
        said.add(series);
      }
    }
    List<Integer> stale = List.copyOf(said);
    said.clear();
    for (int from = 0; from < stale.size(); from += MOST_IN_RECORD) {
      record(stale.subList(from, Math.min(from + MOST_IN_RECORD, stale.size())));
    }
    return !stale.isEmpty();
  }

  /** It has a value, and that is not known to be stale yet. */
  private boolean mayTurn(int series) {
    return state.latest.has(series) && state.latest.quality(series) != Quality.STALE;
  }

  private long silentNanos(int series) {
    long heard = heardNanos[series];
    return time.nanos() - (heard == NOT_HEARD ? startNanos : heard);
  }

  private void record(List<Integer> stale) {
    long present = time.presentMicros();
    MessageRecord.begin(record, present);
    for (int series : stale) {
      reading.series = series;
      reading.eventMicros = staleMicros(series, present);
      reading.source = StampSource.ARRIVAL;
      reading.quality = Quality.STALE;
      reading.verdict = Verdict.FRESH;
      reading.number = state.latest.number(series);
      reading.text = state.latest.text(series);
      reading.reported = reporter.isDueUnsaid(reading);
      MessageRecord.add(record, present, reading);
      state.accept(reading, time.nanos());
    }
    scribe.message(record, null, present);
  }

  /**
   * Now, on the clock of whoever sent the last reading: one that is behind must not be stale until
   * it has caught up with ours, nor one ahead of us be good when it is gone.
   */
  private long staleMicros(int series, long presentMicros) {
    long lastMicros = state.latest.timeMicros(series);
    if (heardNanos[series] == NOT_HEARD) {
      return Math.max(presentMicros, lastMicros + 1);
    }
    return lastMicros + Math.max(1, TimeUnit.NANOSECONDS.toMicros(silentNanos(series)));
  }
}
