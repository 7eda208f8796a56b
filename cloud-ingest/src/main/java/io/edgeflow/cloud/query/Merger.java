package io.edgeflow.cloud.query;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins slices of one series, in order of their start, into points that do not overlap (Q2): what
 * shares a stretch of the grid becomes one point, so a window that is longer than the step is
 * reported with the span it resolves, together with all that lies beneath it. None is dropped, none
 * is split.
 */
final class Merger {
  private final Grid grid;
  private final Consumer<Slice> points;
  private @Nullable Slice open;

  Merger(Grid grid, Consumer<Slice> points) {
    this.grid = grid;
    this.points = points;
  }

  void add(Slice slice) {
    Slice next = slice.on(grid);
    Slice current = open;
    if (current != null && current.overlaps(next)) {
      open = current.merge(next);
    } else {
      end();
      open = next;
    }
  }

  /** After the last slice of a series. */
  void end() {
    Slice done = open;
    open = null;
    if (done != null) {
      points.accept(done);
    }
  }
}
