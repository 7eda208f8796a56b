package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.window.Window;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a transaction, added in any order and then put into that of the table's key, those
 * of equal keys merged. Rows are positions in arrays: there are tens of thousands, and no object is
 * made for any. Not thread-safe.
 */
final class WindowBatch {
  private static final Comparator<Window> BY_TIME =
      Comparator.comparingLong(Window::startMicros).thenComparingLong(Window::lengthMicros);

  private int[] series;
  private @Nullable Window[] windows;
  private int size;

  WindowBatch(int expected) {
    this.series = new int[Math.max(16, expected)];
    this.windows = new Window[series.length];
  }

  /**
   * @param id of the series, not negative
   */
  void add(int id, Window window) {
    if (size == series.length) {
      series = Arrays.copyOf(series, 2 * size);
      windows = Arrays.copyOf(windows, 2 * size);
    }
    series[size] = id;
    windows[size++] = window;
  }

  int size() {
    return size;
  }

  int series(int row) {
    return series[row];
  }

  @SuppressWarnings("NullAway") // every row below the size has a window
  Window window(int row) {
    return windows[row];
  }

  /**
   * Sorts and merges.
   *
   * @throws IllegalArgumentException or {@link ArithmeticException} where windows of equal keys
   *     cannot be merged
   */
  void settle() {
    bySeries();
    int begin = 0;
    for (int row = 1; row <= size; row++) {
      if (row == size || series[row] != series[begin]) {
        byTime(begin, row);
        begin = row;
      }
    }
    merge();
  }

  /** Of one series in the order in which they were added: that is mostly the order of time. */
  private void bySeries() {
    long[] order = new long[size];
    for (int row = 0; row < size; row++) {
      order[row] = (long) series[row] << Integer.SIZE | row;
    }
    Arrays.sort(order);
    Window[] sorted = new Window[size];
    for (int row = 0; row < size; row++) {
      sorted[row] = window((int) order[row]);
      series[row] = (int) (order[row] >>> Integer.SIZE);
    }
    System.arraycopy(sorted, 0, windows, 0, size);
  }

  private void byTime(int from, int to) {
    for (int row = from + 1; row < to; row++) {
      if (BY_TIME.compare(window(row - 1), window(row)) > 0) {
        Arrays.sort(windows, from, to, BY_TIME);
        return;
      }
    }
  }

  private void merge() {
    int last = 0;
    for (int row = 1; row < size; row++) {
      if (series[last] == series[row] && BY_TIME.compare(window(last), window(row)) == 0) {
        windows[last] = window(last).merge(window(row));
      } else if (++last < row) {
        series[last] = series[row];
        windows[last] = windows[row];
      }
    }
    size = Math.min(size, last + 1);
  }

  /** The row of this key; negative where there is none. The batch must be settled. */
  int find(int id, long startMicros, long lengthMicros) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, id, startMicros, lengthMicros);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private int compare(int row, int id, long startMicros, long lengthMicros) {
    if (series[row] != id) {
      return Integer.compare(series[row], id);
    }
    Window window = window(row);
    return window.startMicros() != startMicros
        ? Long.compare(window.startMicros(), startMicros)
        : Long.compare(window.lengthMicros(), lengthMicros);
  }
}
