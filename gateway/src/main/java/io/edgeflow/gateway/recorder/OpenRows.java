package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.Change;
import io.edgeflow.aggregator.window.DueSink;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.aggregator.window.Windower;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks among the open windows for those that a frame held whose record is lost. Owned by the owner
 * thread.
 */
final class OpenRows {
  /** One open window. */
  record Row(int series, Window window) {
    long readings() {
      return window.count();
    }
  }

  private final EdgeState state;

  OpenRows(EdgeState state) {
    this.state = state;
  }

  static long readings(List<Row> rows) {
    return rows.stream().mapToLong(Row::readings).sum();
  }

  List<Row> all() {
    return rows(state.windows::all);
  }

  /**
   * What one frame of so many readings held, if that is plain: it held nothing but windows that
   * were over, so it held all of them if they have no more readings.
   *
   * @param byMicros when it was made, or later
   */
  Optional<List<Row>> fitting(long readings, long byMicros) {
    List<Row> over = over(byMicros);
    return !over.isEmpty() && readings(over) == readings ? Optional.of(over) : Optional.empty();
  }

  /** What frames with so many readings may have held, and more, if so much is open. */
  List<Row> suspects(long readings, long byMicros) {
    List<Row> over = over(byMicros);
    return readings(over) >= readings ? over : oldest(readings);
  }

  void take(List<Row> rows) {
    rows.forEach(row -> state.windows.take(row.series(), row.window().startMicros()));
  }

  /** Forgets every change that waits. */
  void takeChanges() {
    for (List<Change> runs = state.changes.pending(1);
        !runs.isEmpty();
        runs = state.changes.pending(1)) {
      int series = runs.getFirst().series();
      state.changes.drop(series, state.changes.runs(series));
    }
  }

  private List<Row> over(long byMicros) {
    return rows(sink -> state.windows.passed(byMicros, sink));
  }

  /** Whole starts from the oldest on, until there are so many readings. */
  private List<Row> oldest(long readings) {
    TreeMap<Long, List<Row>> byStart = new TreeMap<>();
    for (Row row : all()) {
      byStart.computeIfAbsent(row.window().startMicros(), _ -> new ArrayList<>()).add(row);
    }
    List<Row> oldest = new ArrayList<>();
    long sum = 0;
    for (Map.Entry<Long, List<Row>> rows : byStart.entrySet()) {
      if (sum >= readings) {
        break;
      }
      oldest.addAll(rows.getValue());
      sum += readings(rows.getValue());
    }
    return oldest;
  }

  private List<Row> rows(Consumer<DueSink> naming) {
    Windower windows = state.windows;
    List<Row> rows = new ArrayList<>();
    naming.accept((series, start) -> rows.add(new Row(series, windows.peek(series, start))));
    return rows;
  }
}
