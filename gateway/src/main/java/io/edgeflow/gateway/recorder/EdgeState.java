package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.counter.Counters;
import io.edgeflow.aggregator.identity.RecentStamps;
import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.window.Changes;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.gateway.alarms.AlarmBook;
import io.edgeflow.gateway.alarms.AlarmChange;
import io.edgeflow.gateway.outbox.FrameLedger;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.NewFrame;
import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.gateway.rawcapture.CaptureBook;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.gateway.space.Resolution;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.WindowRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the journal's records build: the live path and the replay change it through the
 * same methods, so a restart cannot differ from a run. Owned by the owner thread.
 */
final class EdgeState {
  SeriesRegistry series = new SeriesRegistry();
  ReadingCounts counts = new ReadingCounts();
  LatestValues latest = new LatestValues();
  PendingEvents events = new PendingEvents();
  FrameLedger frames = new FrameLedger();
  WindowRule rule;
  Windower windows;
  Changes changes = new Changes();
  RecentStamps stamps;
  Counters counters = new Counters();
  final Reports reports = new Reports();
  final LoadHistory load = new LoadHistory();
  final Ages ages = new Ages();
  final AlarmBook alarms = new AlarmBook();
  final CaptureBook captures = new CaptureBook();

  /** Arrival of the last message: the time of everything that recovery closes (J4). */
  long lastArrivedMicros;

  /** The last time that something vouched for (T1); 0 before the first. */
  long vouchedMicros;

  /**
   * What time it was, to a minute, since a jump withdrew the belief in the clock; 0 while none does
   * (T1).
   */
  long distrustedMicros;

  /** Readings whose series was defined in a damaged record (J2). */
  long lostToDamage;

  /**
   * Records are missing from the journal that is being replayed (J2): a frame may hold readings
   * that nothing else knows of any more.
   */
  boolean damaged;

  /** What frames held whose records were damaged. */
  final LostFrames lostFrames = new LostFrames(this);

  /**
   * Frames that are on their way to the end of the journal. Their place is known when that is
   * synced; a checkpoint before would name the old one, which may be gone when it is read.
   */
  int carrying;

  /** Hears of accepted readings while somebody watches. Never during a replay. */
  @Nullable ReadingListener listener;

  EdgeState(WindowRule rule) {
    this.rule = rule;
    this.windows = new Windower(rule);
    this.stamps =
        new RecentStamps(RecentStamps.DEFAULT_PER_SERIES, RecentStamps.DEFAULT_GLOBAL_CAP);
  }

  /**
   * A rule takes effect when nothing is open under the old one: recovery closes every window first.
   */
  void use(WindowRule next) {
    if (windows.open() > 0) {
      if (next.equals(rule)) {
        return;
      }
      giveUpOpen();
    }
    if (windows.open() > 0) {
      throw new IllegalStateException("windows are open under the rule " + rule);
    }
    rule = next;
    windows = new Windower(next);
  }

  /**
   * Before a rule changes everything was numbered: what is still open then was in frames that
   * damage took (J2). Whose they were may be lost with them; then they are counted as lost.
   */
  private void giveUpOpen() {
    Incarnation before = frames.current();
    if (!damaged) {
      return;
    }
    if (before != null) {
      lostFrames.sealed(before, LostFrames.UNKNOWN);
      return;
    }
    long open = windows.pendingReadings();
    counts.received -= open;
    counts.accepted -= open;
    lostToDamage += open;
    windows = new Windower(rule);
  }

  /** A series is known, or is of another kind or unit than before. */
  void define(SeriesRegistry.Series defined) {
    series.define(defined);
    if (defined.kind() != Kind.COUNTER) {
      counters.forget(defined.id());
    }
  }

  /** One decided reading that was appended to the journal. */
  void accept(DecidedReading reading, long nowNanos) {
    if (!series.has(reading.series)) {
      lostToDamage++;
      return;
    }
    counts.received++;
    counts.accepted++;
    if (!reading.stamped()) {
      counts.unstamped++;
    }
    if (reading.verdict == Verdict.DUPLICATE) {
      counts.duplicate++;
      return;
    }
    count(reading.verdict);
    if (reading.stamped()) {
      stamps.remember(reading.series, reading.stampMicros, bits(reading));
    }
    fold(reading, nowNanos);
    if (reading.reported) {
      reports.add(reading);
    }
    latest.set(reading.series, reading.eventMicros, reading.number, reading.text, reading.quality);
    ReadingListener watching = listener;
    if (watching != null) {
      watching.accepted(
          series.get(reading.series).name(),
          reading.eventMicros,
          reading.number,
          reading.text,
          reading.quality);
    }
  }

  private void count(Verdict verdict) {
    if (verdict == Verdict.CONFLICT) {
      counts.conflict++;
    } else if (verdict == Verdict.UNVERIFIABLE) {
      counts.unverifiable++;
    }
  }

  private void fold(DecidedReading reading, long nowNanos) {
    Kind kind = series.get(reading.series).kind();
    if (kind == Kind.COUNTER && reading.quality.carriesValue()) {
      counters.accept(reading.series, reading.eventMicros, reading.sent(), reading.offset);
    }
    if (kind.windowed()) {
      windows.fold(reading.series, reading.eventMicros, reading.number, reading.quality, nowNanos);
    } else {
      changes.fold(
          reading.series, reading.eventMicros, reading.number, reading.text, reading.quality);
    }
  }

  static long bits(DecidedReading reading) {
    String text = reading.text;
    return text == null ? RecentStamps.bits(reading.sent()) : RecentStamps.bits(text);
  }

  /** A frame that was appended to the journal: what it carries is no longer open. */
  void numbered(Frame frame, int bytes) {
    if (!frame.replaces().isEmpty()) {
      // Its readings left the open windows with the frames whose place it takes (L7).
      enter(frame, bytes);
      frames.superseded(frame.replaces());
      return;
    }
    long pending = damaged ? pendingReadings() : 0;
    for (WindowRow row : frame.windows()) {
      take(idOf(frame, row.series()), row.window().startMicros());
    }
    Map<Integer, Integer> runs = new HashMap<>();
    for (ChangeRow row : frame.changes()) {
      runs.merge(idOf(frame, row.series()), 1, Integer::sum);
    }
    runs.forEach(this::dropRuns);
    if (frame.id().lane() == Lane.EVENT) {
      int told = frame.events().size();
      events.drop(damaged ? Math.min(told, events.size()) : told);
    }
    if (frame.id().lane() == Lane.RAW) {
      reports.numbered(frame.raw().size(), damaged);
    }
    // Readings of the raw lane are in windows and changes as well.
    long folded = frame.id().lane() == Lane.WINDOW ? frame.readings() : 0;
    if (damaged) {
      // What only the frame still knows was accepted once.
      long known = pending - pendingReadings();
      counts.received += Math.max(0, folded - known);
      counts.accepted += Math.max(0, folded - known);
      if (frame.id().lane() == Lane.WINDOW) {
        lostFrames.before(frame, Math.max(0, known - folded));
      }
    }
    counts.folded += folded;
    enter(frame, bytes);
  }

  private void dropRuns(int series, int count) {
    int known = damaged ? Math.min(count, changes.runs(series)) : count;
    // None where they were given up for lost frames before: the frame is as good as any (J2).
    if (known > 0) {
      changes.drop(series, known);
    }
  }

  /** A frame that lies in another place, too, or that was derived again after it was lost (J2). */
  void found(NewFrame frame, FramePlace place) {
    if (damaged) {
      lostFrames.found(frame);
    }
    frames.found(frame, place);
  }

  /**
   * The one before is sealed, whether or not damage took the record that says so.
   *
   * @param parentLast as {@code last} of {@link #sealed}
   */
  void begins(Incarnation incarnation, @Nullable Incarnation parent, long parentLast) {
    Incarnation before = frames.current();
    if (before != null) {
      sealed(before, before.equals(parent) ? parentLast : LostFrames.UNKNOWN);
    }
    frames.begin(incarnation, parent);
  }

  /**
   * An incarnation numbers no more: with damage some of what it numbered may still be open.
   *
   * @param last the number of its last frame of the window lane, or {@link LostFrames#UNKNOWN}
   */
  void sealed(Incarnation incarnation, long last) {
    if (damaged) {
      lostFrames.sealed(incarnation, last);
      if (!incarnation.equals(frames.current())) {
        // Its beginning is lost, or its end was told before (J2).
        return;
      }
    }
    frames.seal(incarnation);
  }

  /** As {@link #numbered}, for readings that are folded and are sent singly on demand. */
  void fetched(Frame frame, int bytes) {
    reports.fetched += frame.readings();
    captures.numbered(frame.id());
    enter(frame, bytes);
  }

  /** These are gone, and settled frames in them cannot be sent again. */
  void forget(Collection<Ages.Home> homes) {
    Set<Long> segments = new HashSet<>();
    Set<Long> files = new HashSet<>();
    for (Ages.Home home : homes) {
      switch (home) {
        case Ages.Home.Segment(long id) -> segments.add(id);
        case Ages.Home.Sealed(long id) -> files.add(id);
      }
    }
    frames.forget(segments, files);
  }

  private void enter(Frame frame, int bytes) {
    frames.numbered(
        new NewFrame(
            frame.id(),
            frame.createdMicros(),
            bytes,
            frame.readings(),
            frame.runningTotal(),
            Resolution.of(frame)));
  }

  /** Without damage every window of a frame is open; with it some may never have been seen. */
  private void take(int id, long startMicros) {
    if (!damaged || (id != SeriesRegistry.UNKNOWN && windows.isOpen(id, startMicros))) {
      windows.take(id, startMicros);
    }
  }

  private int idOf(Frame frame, int index) {
    return series.id(frame.series().get(index).name());
  }

  /** An alarm changed; what is to be told of it waits for its frame. */
  void change(AlarmChange change) {
    if (change instanceof AlarmChange.Captured(Around around)) {
      change(new CaptureChange.Wanted(around));
    }
    EventRow event = alarms.apply(change);
    if (event != null) {
      events.add(event);
    }
  }

  /** Captures changed; what is to be told of it waits for its frame. */
  void change(CaptureChange change) {
    captures.apply(change).forEach(events::add);
  }

  long pendingReadings() {
    return windows.pendingReadings() + changes.pendingReadings();
  }
}
