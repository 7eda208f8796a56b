package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.gateway.rawcapture.CaptureBook;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.gateway.rawcapture.CaptureEvents;
import io.edgeflow.gateway.rawcapture.CaptureSources;
import io.edgeflow.gateway.rawcapture.Span;
import io.edgeflow.gateway.rawcapture.Stretch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which raw readings go to the cloud because of alarms, and when. How many alarms do is bounded: a
 * flood of them must not fill the raw lane. A replay does not come here (J1). Owned by the owner
 * thread.
 */
final class AlarmCaptures {
  /** Stretches that wait. */
  static final int MOST_PENDING = 32;

  /** Stretches that may begin at once; one more each minute. */
  static final int BURST = 20;

  /** Of one stretch. */
  static final int MOST_SERIES = 64;

  /** Alarms that keep coming make one stretch, up to this length or what one alarm wants. */
  private static final long LONGEST_MICROS = 1_800_000_000;

  /** How long the last readings may be on their way, where they come late as well. */
  static final long LINGER_MICROS = 10_000_000;

  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long REST_NANOS = 5_000_000_000L;
  private static final long NANOS_IN_MICRO = 1_000;

  private final EdgeState state;
  private final CaptureBook book;
  private final Scribe scribe;
  private final Timekeeper time;
  private final Mailbox mailbox;
  private final Map<String, Long> dueNanos = new HashMap<>();
  private Set<String> atWork = Set.of();
  private CaptureSources sources = CaptureSources.NONE;
  private @Nullable CaptureWorker worker;

  /** In nanoseconds of a minute's share. */
  private long allowedNanos = BURST * MINUTE_NANOS;

  private long lookedNanos;
  private long nextPassNanos;
  private long segmentsRead;
  private long refused;
  private long refusedTold;
  private long toldNanos;
  private String lastRefused = "";
  private String lastWhy = "";

  AlarmCaptures(EdgeState state, Scribe scribe, Timekeeper time, Mailbox mailbox) {
    this.state = state;
    this.book = state.captures;
    this.scribe = scribe;
    this.time = time;
    this.mailbox = mailbox;
  }

  void sources(CaptureSources next) {
    sources = next;
  }

  void worker(CaptureWorker next) {
    worker = next;
  }

  /** After a recovery: what an earlier run did not finish. */
  void open() {
    lookedNanos = time.nanos();
    nextPassNanos = time.nanos();
    toldNanos = time.nanos() - MINUTE_NANOS;
    book.pending().forEach(this::expect);
  }

  /**
   * A stretch that is over long since waits as well: a sender that comes back, after a kill of ours
   * or an outage of its own, sends what is around the alarm just behind it.
   */
  private void expect(Around around) {
    Stretch stretch = around.stretch();
    long length = stretch.toMicros() - stretch.fromMicros() + LINGER_MICROS;
    long left =
        Math.clamp(
            stretch.toMicros() + LINGER_MICROS - time.presentMicros(), LINGER_MICROS, length);
    dueNanos.put(stretch.id(), time.nanos() + left * NANOS_IN_MICRO);
  }

  /** What is wanted because this alarm was just raised; null if nothing more is. */
  @Nullable Around raised(AlarmRecord alarm, Span span) {
    // A sensor that never said a word is alarming by its silence, and has no readings.
    if (span.isNone() || state.series.id(alarm.series()) == SeriesRegistry.UNKNOWN) {
      return null;
    }
    long from = alarm.raisedMicros() - span.beforeMicros();
    long to = alarm.raisedMicros() + span.afterMicros();
    BitSet series = series(alarm.series());
    Around wanted = joined(alarm, series, from, to);
    if (wanted == null) {
      String full = full();
      if (!full.isEmpty()) {
        refused++;
        lastRefused = alarm.id();
        lastWhy = full;
        return null;
      }
      allowedNanos -= MINUTE_NANOS;
      String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12);
      wanted =
          new Around(
              new Stretch(id, series, from, to),
              alarm.series(),
              alarm.raisedMicros(),
              List.of(alarm.id()));
    }
    expect(wanted);
    return wanted;
  }

  private BitSet series(String alarmed) {
    BitSet numbers = new BitSet();
    numbers.set(state.series.id(alarmed));
    for (String behind : sources.behind(alarmed)) {
      int id = state.series.id(behind);
      if (id != SeriesRegistry.UNKNOWN && numbers.cardinality() < MOST_SERIES) {
        numbers.set(id);
      }
    }
    return numbers;
  }

  /** A stretch that waits and may go on to this alarm's end. */
  private @Nullable Around joined(AlarmRecord alarm, BitSet series, long from, long to) {
    for (Around one : book.pending()) {
      Stretch stretch = one.stretch();
      boolean fits =
          stretch.series().equals(series)
              && from >= stretch.fromMicros()
              && from <= stretch.toMicros()
              && to - stretch.fromMicros() <= Math.max(LONGEST_MICROS, to - from)
              && one.alarms().size() < Around.MOST_ALARMS;
      // What was sent of a stretch says nothing of a longer one.
      if (fits && !atWork.contains(stretch.id()) && !book.sent().knows(stretch.id())) {
        return one.with(alarm.id(), to);
      }
    }
    return null;
  }

  /** Why no stretch may begin now; empty if one may. */
  private String full() {
    long passed = time.nanos() - lookedNanos;
    lookedNanos = time.nanos();
    allowedNanos = Math.min(BURST * MINUTE_NANOS, allowedNanos + passed);
    if (book.pending().size() >= MOST_PENDING) {
      return MOST_PENDING + " stretches wait to be sent";
    }
    return allowedNanos < MINUTE_NANOS ? "more than one a minute, and " + BURST + " before" : "";
  }

  void tick() {
    tellRefusals();
    CaptureWorker passes = worker;
    if (dueNanos.isEmpty()
        || !atWork.isEmpty()
        || passes == null
        || time.nanos() - nextPassNanos < 0) {
      return;
    }
    List<Around> due =
        book.pending().stream()
            .filter(one -> isDue(one.stretch().id()))
            .map(this::ofKnownSeries)
            .toList();
    if (!due.isEmpty()) {
      atWork = due.stream().map(one -> one.stretch().id()).collect(Collectors.toSet());
      passes.run(due, pass -> mailbox.post(() -> ended(pass)));
    }
  }

  /** Without series whose definition damage took (J2): no frame can name them. */
  private Around ofKnownSeries(Around around) {
    Stretch stretch = around.stretch();
    if (stretch.series().stream().allMatch(state.series::has)) {
      return around;
    }
    BitSet known = new BitSet();
    stretch.series().stream().filter(state.series::has).forEach(known::set);
    var rest = new Stretch(stretch.id(), known, stretch.fromMicros(), stretch.toMicros());
    return new Around(rest, around.series(), around.raisedMicros(), around.alarms());
  }

  private boolean isDue(String id) {
    Long at = dueNanos.get(id);
    return at != null && time.nanos() - at >= 0;
  }

  private void ended(CapturePass pass) {
    atWork = Set.of();
    segmentsRead += pass.segmentsRead();
    // One that failed is tried again, but not all the time.
    nextPassNanos = time.nanos() + (pass.complete() ? REST_NANOS : MINUTE_NANOS);
    if (!pass.complete() || state.frames.current() == null) {
      return;
    }
    List<CaptureChange> changes = new ArrayList<>();
    for (CaptureScan.One one : pass.scan().ones()) {
      Stretch stretch = one.around().stretch();
      dueNanos.remove(stretch.id());
      changes.add(
          new CaptureChange.Done(
              stretch.id(),
              CaptureEvents.captured(
                  one.around(),
                  stretch.series().stream().mapToObj(id -> state.series.get(id).name()).toList(),
                  one.readings(),
                  one.limited(),
                  missing(pass.scan().gaps(), stretch),
                  time.presentMicros())));
    }
    scribe.captures(changes, null);
  }

  private static String missing(RecordGaps gaps, Stretch stretch) {
    return gaps.between(stretch.fromMicros(), stretch.toMicros()).stream()
        .map(FetchStatus.Missing::words)
        .collect(Collectors.joining("; "));
  }

  private void tellRefusals() {
    if (refused > refusedTold && time.nanos() - toldNanos >= MINUTE_NANOS) {
      toldNanos = time.nanos();
      scribe.event(
          CaptureEvents.refused(refused - refusedTold, lastRefused, lastWhy, time.presentMicros()));
      refusedTold = refused;
    }
  }

  /** Nothing changes by time alone. */
  boolean idle() {
    return dueNanos.isEmpty() && refused == refusedTold;
  }

  /** Looked through since the start. */
  long segmentsRead() {
    return segmentsRead;
  }

  /** Alarms around which nothing is captured, because there were too many. */
  long refused() {
    return refused;
  }
}
