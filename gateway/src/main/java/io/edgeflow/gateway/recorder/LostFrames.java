package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.outbox.NewFrame;
import io.edgeflow.gateway.recorder.OpenRows.Row;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Windows whose frame was numbered, perhaps delivered, and whose record was damaged since (J2).
 * They are still open when that shows, and must not get another number. Where one frame is missing
 * and it is plain what it held, it is derived again, under its own number: the cloud tells whether
 * it has it. Where that is not plain, what it may have held is given up and named, because the
 * cloud may have it: nothing is counted twice. Owned by the owner thread.
 */
final class LostFrames {
  /** More rows than this no frame has. */
  static final int MAX_ROWS = 2048;

  /** The number of the last frame of an incarnation is not known. */
  static final long UNKNOWN = -1;

  /**
   * A frame that can be derived again.
   *
   * @param totalBefore readings in the frames before it
   */
  record Lost(FrameId id, long totalBefore, List<Row> rows) {}

  /** Frames whose windows cannot be told from others. */
  private record Doubt(FrameId first, long last, long readings) {
    boolean covers(FrameId id) {
      return id.incarnation().equals(first.incarnation())
          && id.number() >= first.number()
          && id.number() <= last;
    }
  }

  private final EdgeState state;
  private final OpenRows open;
  private final Map<FrameId, Lost> derivable = new LinkedHashMap<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private long foundInDoubt;

  LostFrames(EdgeState state) {
    this.state = state;
    this.open = new OpenRows(state);
  }

  /** Those that are missing still. */
  List<Lost> derivable() {
    return List.copyOf(derivable.values());
  }

  /** Readings that are counted as dropped because nobody can tell which they were. */
  long doubtful() {
    return Math.max(0, doubts.stream().mapToLong(Doubt::readings).sum() - foundInDoubt);
  }

  void clear() {
    derivable.clear();
    doubts.clear();
    foundInDoubt = 0;
  }

  /**
   * A frame has been replayed whose number may skip some, and whose own windows were taken.
   *
   * @param merged readings in these windows that the frame did not hold: they were in windows of
   *     the same start that went before
   */
  void before(Frame frame, long merged) {
    long total = frame.runningTotal() - frame.readings();
    skipped(frame.id(), total, frame.createdMicros(), merged);
  }

  private void skipped(FrameId next, long runningTotal, long byMicros, long merged) {
    Incarnation incarnation = next.incarnation();
    long highest = state.frames.highest(incarnation);
    if (next.number() <= highest + 1) {
      account(merged, 0);
      return;
    }
    FrameId first = windowFrame(incarnation, highest + 1);
    long before = state.frames.runningTotal(incarnation);
    long readings = runningTotal - before;
    boolean one = next.number() == highest + 2;
    Optional<List<Row>> rows =
        one && merged == 0 && state.changes.pendingReadings() != readings
            ? open.fitting(readings, byMicros)
            : Optional.empty();
    if (rows.isPresent() && rows.get().size() <= MAX_ROWS) {
      derivable(new Lost(first, before, List.copyOf(rows.get())));
    } else {
      doubt(first, next.number() - 1, readings);
      account(merged + giveUp(readings - merged, byMicros), readings);
    }
  }

  private void doubt(FrameId first, long last, long readings) {
    doubts.add(new Doubt(first, last, readings));
    state.counts.folded += readings;
  }

  private void derivable(Lost lost) {
    open.take(lost.rows());
    derivable.put(lost.id(), lost);
    state.counts.folded += OpenRows.readings(lost.rows());
  }

  /** Returns how many readings were open. */
  private long giveUp(long readings, long byMicros) {
    if (readings <= 0) {
      return 0;
    }
    List<Row> suspects = open.suspects(readings, byMicros);
    long known = OpenRows.readings(suspects) + state.changes.pendingReadings();
    open.take(suspects);
    open.takeChanges();
    return known;
  }

  /** What only the frames knew was accepted once; what they cannot have held is lost as well. */
  private void account(long known, long readings) {
    state.counts.received += readings - known;
    state.counts.accepted += readings - known;
    state.lostToDamage += Math.max(0, known - readings);
  }

  /** The journal holds one that is missing in another place; its windows may be open still. */
  void found(NewFrame frame) {
    FrameId id = frame.id();
    if (id.lane() != Lane.WINDOW || !state.frames.misses(id) || derivable.remove(id) != null) {
      return;
    }
    if (doubts.stream().anyMatch(doubt -> doubt.covers(id))) {
      foundInDoubt += frame.readings();
    } else if (id.number() > state.frames.highest(id.incarnation())) {
      long by = frame.createdMicros();
      skipped(id, frame.runningTotal() - frame.readings(), by, 0);
      List<Row> rows = open.fitting(frame.readings(), by).orElse(List.of());
      open.take(rows);
      long known = rows.isEmpty() ? giveUp(frame.readings(), by) : frame.readings();
      state.counts.folded += frame.readings();
      account(known, frame.readings());
    }
  }

  /**
   * An incarnation numbered everything that it had open: what still is was in lost frames.
   *
   * @param last the number of its last frame of the window lane, or {@link #UNKNOWN}
   */
  void sealed(Incarnation incarnation, long last) {
    List<Row> rows = open.all();
    long changed = state.changes.pendingReadings();
    long readings = OpenRows.readings(rows) + changed;
    long highest = state.frames.highest(incarnation);
    boolean one = last == highest + 1 || last == UNKNOWN;
    if (one && changed == 0 && !rows.isEmpty() && rows.size() <= MAX_ROWS) {
      long total = state.frames.runningTotal(incarnation);
      derivable(new Lost(windowFrame(incarnation, highest + 1), total, List.copyOf(rows)));
      return;
    }
    open.take(rows);
    open.takeChanges();
    long end = last == UNKNOWN && readings > 0 ? highest + 1 : last;
    if (end > highest) {
      doubt(windowFrame(incarnation, highest + 1), end, readings);
      state.frames.lost(windowFrame(incarnation, end), readings);
    } else {
      account(readings, 0);
    }
  }

  private static FrameId windowFrame(Incarnation incarnation, long number) {
    return new FrameId(incarnation, Lane.WINDOW, number);
  }
}
