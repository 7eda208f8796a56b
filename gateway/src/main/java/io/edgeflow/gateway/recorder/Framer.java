package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.Change;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.outbox.FrameLedger.NextNumber;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts what is due into frames of about the target size. What a frame holds depends only on the
 * state and the order of names and times, never on a clock, so copies of a directory derive equal
 * frames (J4). Owned by the owner thread.
 */
final class Framer {
  private static final int ROWS = LostFrames.MAX_ROWS;
  private static final int CHANGES = 512;
  private static final int EVENTS = 256;
  private static final int TEXT_BYTES = FrameCodec.MAX_FRAME_BYTES / 4;
  private static final int MOST_UTF8_BYTES = 3;

  /** One open window. */
  record Key(int series, long startMicros) {}

  /** Puts an encoded frame into the journal and then into the state. */
  interface Sink {
    void append(Frame frame, byte[] encoded);
  }

  private final EdgeState state;
  private final String edge;
  private final Sink sink;
  private final Sink lostFrames;
  private final RawFramer rawFramer;

  /**
   * @param lostFrames takes frames that had their number before their record was lost (J2)
   */
  Framer(EdgeState state, String edge, Sink sink, Sink lostFrames) {
    this.state = state;
    this.edge = edge;
    this.sink = sink;
    this.lostFrames = lostFrames;
    this.rawFramer = new RawFramer(state, edge);
  }

  /** Numbers these windows, sorted by name and start. */
  void windows(List<Key> keys, long createdMicros) {
    List<Key> sorted = new ArrayList<>(keys);
    sorted.sort(
        Comparator.comparing((Key key) -> state.series.get(key.series).name())
            .thenComparingLong(Key::startMicros));
    int from = 0;
    while (from < sorted.size()) {
      int rows = Math.min(ROWS, sorted.size() - from);
      from += cutWindows(sorted.subList(from, from + rows), createdMicros);
    }
  }

  /**
   * Numbers the first of these windows, as many as fit. Every cut begins anew with all that is
   * left, so a recovery that is killed between two cuts goes on with the same ones (J4).
   *
   * @return how many
   */
  private int cutWindows(List<Key> keys, long createdMicros) {
    Dictionary dictionary = new Dictionary(state.series);
    List<WindowRow> rows = new ArrayList<>(keys.size());
    long readings = 0;
    for (Key key : keys) {
      Window window = state.windows.peek(key.series, key.startMicros);
      rows.add(new WindowRow(dictionary.index(key.series), window));
      readings += window.count();
    }
    Frame frame =
        frame(Lane.WINDOW, createdMicros, readings, dictionary, rows, List.of(), List.of());
    byte[] encoded = FrameCodec.encode(frame);
    if (encoded.length > 2 * FrameCodec.TARGET_FRAME_BYTES && keys.size() > 1) {
      return cutWindows(keys.subList(0, keys.size() / 2), createdMicros);
    }
    sink.append(frame, encoded);
    return keys.size();
  }

  /**
   * Derives the frame again whose record was damaged.
   *
   * @return readings in it; 0 if it is not missing
   */
  long derive(LostFrames.Lost lost, long createdMicros) {
    if (!state.frames.misses(lost.id())) {
      return 0;
    }
    List<OpenRows.Row> sorted = new ArrayList<>(lost.rows());
    sorted.sort(
        Comparator.comparing((OpenRows.Row row) -> state.series.get(row.series()).name())
            .thenComparingLong(row -> row.window().startMicros()));
    NextNumber number = new NextNumber(lost.id(), lost.totalBefore());
    Frame frame = lostFrame(sorted, number, createdMicros);
    lostFrames.append(frame, FrameCodec.encode(frame));
    return frame.readings();
  }

  private Frame lostFrame(List<OpenRows.Row> lost, NextNumber next, long createdMicros) {
    Dictionary dictionary = new Dictionary(state.series);
    List<WindowRow> rows = new ArrayList<>();
    long readings = 0;
    for (OpenRows.Row row : lost) {
      rows.add(new WindowRow(dictionary.index(row.series()), row.window()));
      readings += row.window().count();
    }
    return new Frame(
        edge,
        next.id(),
        createdMicros,
        readings,
        next.totalBefore() + readings,
        dictionary.entries(),
        rows,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Numbers every pending change of states and texts. */
  void changes(long createdMicros) {
    for (List<Change> runs = state.changes.pending(CHANGES);
        !runs.isEmpty();
        runs = state.changes.pending(CHANGES)) {
      appendChanges(fitting(runs), createdMicros);
    }
  }

  /**
   * The first of them, as many as surely fit into a frame: texts may be long and hard to compress.
   */
  private static List<Change> fitting(List<Change> runs) {
    int bytes = 0;
    for (int i = 0; i < runs.size(); i++) {
      String text = runs.get(i).text();
      bytes += text == null ? 0 : MOST_UTF8_BYTES * text.length();
      if (bytes > TEXT_BYTES && i > 0) {
        return runs.subList(0, i);
      }
    }
    return runs;
  }

  private void appendChanges(List<Change> runs, long createdMicros) {
    Dictionary dictionary = new Dictionary(state.series);
    List<ChangeRow> rows = new ArrayList<>(runs.size());
    long readings = 0;
    for (Change run : runs) {
      rows.add(
          new ChangeRow(
              dictionary.index(run.series()),
              run.firstMicros(),
              run.lastMicros(),
              run.count(),
              run.number(),
              run.text(),
              run.quality()));
      readings += run.count();
    }
    Frame frame =
        frame(Lane.WINDOW, createdMicros, readings, dictionary, List.of(), rows, List.of());
    sink.append(frame, FrameCodec.encode(frame));
  }

  /** Numbers every pending event. */
  void events(long createdMicros) {
    while (!state.events.isEmpty()) {
      List<EventRow> rows = state.events.first(EVENTS, TEXT_BYTES / MOST_UTF8_BYTES);
      Dictionary none = new Dictionary(state.series);
      Frame frame = frame(Lane.EVENT, createdMicros, 0, none, List.of(), List.of(), rows);
      sink.append(frame, FrameCodec.encode(frame));
    }
  }

  /** Numbers the readings that wait to be reported singly, as long as they fill a frame. */
  void fullRaw(long createdMicros) {
    while (RawFramer.isFull(state.reports.waiting)) {
      rawFramer.cut(state.reports.waiting, createdMicros, sink);
    }
  }

  /** Numbers every reading that waits to be reported singly. */
  void raw(long createdMicros) {
    while (!state.reports.waiting.isEmpty()) {
      rawFramer.cut(state.reports.waiting, createdMicros, sink);
    }
  }

  private Frame frame(
      Lane lane,
      long createdMicros,
      long readings,
      Dictionary dictionary,
      List<WindowRow> windows,
      List<ChangeRow> changes,
      List<EventRow> events) {
    NextNumber next = state.frames.next(lane);
    return new Frame(
        edge,
        next.id(),
        createdMicros,
        readings,
        next.totalBefore() + readings,
        dictionary.entries(),
        windows,
        changes,
        List.of(),
        events,
        List.of());
  }
}
